#include "server/http/client_address.h"

#include <algorithm>

namespace saywell {
namespace {

constexpr std::string_view kForwardedFor = "x-forwarded-for";
constexpr std::string_view kOfProxies[] = {
    "forwarded",         "via",       "x-forwarded-for", "x-forwarded-host",
    "x-forwarded-proto", "x-real-ip", "x-forwarded-port"};

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = std::min(text.find_first_not_of(" \t"), text.size());
  text.remove_prefix(begin);
  return text.substr(0, text.find_last_not_of(" \t") + 1);
}

bool is_name_letter(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '-' ||
         letter == '.' || letter == '_';
}

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& letter : lower) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return lower;
}

bool is_port(std::string_view text) {
  return !text.empty() && text.size() <= 5 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Every address of X-Forwarded-For, the nearest proxy's first.
std::vector<std::string_view> forwarded_for(const HttpRequest& request) {
  std::vector<std::string_view> addresses;
  for (const auto& [name, value] : request.headers) {
    if (name != kForwardedFor) continue;
    for (std::string_view rest = value;;) {
      const std::size_t comma = std::min(rest.find(','), rest.size());
      addresses.push_back(trimmed(rest.substr(0, comma)));
      if (comma == rest.size()) break;
      rest.remove_prefix(comma + 1);
    }
  }
  std::reverse(addresses.begin(), addresses.end());
  return addresses;
}

bool is_proxy(std::string_view address, const std::vector<IpNetwork>& proxies) {
  const std::optional<IpAddress> parsed = parse_ip_address(address);
  return parsed && std::any_of(proxies.begin(), proxies.end(),
                               [&](const IpNetwork& network) { return network.contains(*parsed); });
}

bool is_loopback_text(std::string_view text) {
  const std::optional<IpAddress> address = parse_ip_address(text);
  return address && is_loopback(*address);
}

}  // namespace

std::optional<HostAndPort> parse_host(std::string_view text) {
  HostAndPort parsed;
  std::string_view rest;
  if (text.starts_with('[')) {
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos) return std::nullopt;
    parsed.host = lower_case(text.substr(1, end - 1));
    if (parsed.host.find(':') == std::string::npos || !parse_ip_address(parsed.host)) {
      return std::nullopt;
    }
    rest = text.substr(end + 1);
  } else {
    const std::size_t colon = std::min(text.find(':'), text.size());
    parsed.host = lower_case(text.substr(0, colon));
    if (parsed.host.ends_with('.')) parsed.host.pop_back();
    const bool name = std::all_of(parsed.host.begin(), parsed.host.end(), is_name_letter);
    if (parsed.host.empty() || !name) return std::nullopt;
    rest = text.substr(colon);
  }
  if (rest.empty()) return parsed;
  if (rest.front() != ':' || !is_port(rest.substr(1))) return std::nullopt;
  parsed.port = rest.substr(1);
  return parsed;
}

std::string client_address(const HttpRequest& request, const std::vector<IpNetwork>& proxies) {
  std::string_view nearest = request.remote_address;
  for (const std::string_view before : forwarded_for(request)) {
    if (!is_proxy(nearest, proxies) || !parse_ip_address(before)) break;
    nearest = before;
  }
  return std::string(nearest);
}

bool is_local(const HttpRequest& request) {
  if (request.http_1_0 || !is_loopback_text(request.remote_address)) return false;
  const bool by_proxy =
      std::any_of(std::begin(kOfProxies), std::end(kOfProxies),
                  [&](std::string_view name) { return !request.header(name).empty(); });
  const std::optional<HostAndPort> host = parse_host(request.header("host"));
  return !by_proxy && host && (host->host == "localhost" || is_loopback_text(host->host));
}

}  // namespace saywell
