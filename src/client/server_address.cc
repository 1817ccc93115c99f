#include "client/server_address.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace saywell::client {
namespace {

struct Scheme {
  std::string_view name;
  bool tls;
  std::string_view port;
};
constexpr std::array<Scheme, 4> kSchemes = {{{"http://", false, "80"},
                                             {"ws://", false, "80"},
                                             {"https://", true, "443"},
                                             {"wss://", true, "443"}}};

Status not_an_address(std::string_view url, const std::string& why) {
  return Status(Code::kBadParameter, "server", "'" + std::string(url) + "' " + why);
}

bool is_port(std::string_view text) {
  int port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc() && end == text.data() + text.size() && port > 0 && port < 65'536;
}

}  // namespace

std::string ServerAddress::host_header() const {
  const bool ipv6 = host.find(':') != std::string::npos;
  return (ipv6 ? "[" + host + "]" : host) + ":" + port;
}

Result<ServerAddress> parse_server_url(std::string_view url) {
  const auto* scheme = std::find_if(kSchemes.begin(), kSchemes.end(), [&](const Scheme& known) {
    return url.starts_with(known.name);
  });
  if (scheme == kSchemes.end())
    return not_an_address(url, "does not begin with http:// or https://");
  std::string_view rest = url.substr(scheme->name.size());
  if (rest.find_first_of(" ?#@\\\t\r\n") != std::string_view::npos) {
    return not_an_address(url, "holds more than host, port and path");
  }
  ServerAddress address;
  address.tls = scheme->tls;
  const std::size_t slash = std::min(rest.find('/'), rest.size());
  address.prefix = rest.substr(slash);
  while (address.prefix.ends_with('/')) address.prefix.pop_back();
  rest = rest.substr(0, slash);
  const bool brackets = rest.starts_with('[') && rest.find(']') != std::string_view::npos;
  const std::size_t host_end =
      brackets ? rest.find(']') + 1 : std::min(rest.find(':'), rest.size());
  address.host = brackets ? rest.substr(1, host_end - 2) : rest.substr(0, host_end);
  const std::string_view port = rest.substr(host_end);
  address.port = port.empty() ? scheme->port : port.substr(1);
  if (address.host.empty()) return not_an_address(url, "names no host");
  if (!port.empty() && (port[0] != ':' || !is_port(address.port))) {
    return not_an_address(url, "has a port that is no number from 1 to 65535");
  }
  return address;
}

}  // namespace saywell::client
