#include "config/ip_network.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <string>

namespace saywell {
namespace {

constexpr int kAllBits = 128;
constexpr int kBitsBeforeV4 = 96;

IpAddress mapped(const std::array<std::uint8_t, 4>& v4) {
  IpAddress address{};
  address[10] = address[11] = 0xff;
  std::copy(v4.begin(), v4.end(), address.begin() + 12);
  return address;
}

}  // namespace

std::optional<IpAddress> parse_ip_address(std::string_view text) {
  const std::string zero_ended(text);
  if (zero_ended.find('\0') != std::string::npos) return std::nullopt;
  std::array<std::uint8_t, 4> v4{};
  if (inet_pton(AF_INET, zero_ended.c_str(), v4.data()) == 1) return mapped(v4);
  IpAddress v6{};
  if (inet_pton(AF_INET6, zero_ended.c_str(), v6.data()) == 1) return v6;
  return std::nullopt;
}

bool is_loopback(const IpAddress& address) {
  static const IpNetwork v4 = *IpNetwork::parse("127.0.0.0/8");
  static const IpNetwork v6 = *IpNetwork::parse("::1");
  return v4.contains(address) || v6.contains(address);
}

std::optional<IpNetwork> IpNetwork::parse(std::string_view text) {
  const std::size_t slash = text.find('/');
  const std::optional<IpAddress> front = parse_ip_address(text.substr(0, slash));
  if (!front) return std::nullopt;
  if (slash == std::string_view::npos) return IpNetwork(*front, kAllBits);
  const int before = text.find(':') == std::string_view::npos ? kBitsBeforeV4 : 0;
  const std::string_view digits = text.substr(slash + 1);
  int bits = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
  const bool whole = read.ec == std::errc() && read.ptr == digits.data() + digits.size();
  if (!whole || bits < 0 || before + bits > kAllBits) return std::nullopt;
  return IpNetwork(*front, before + bits);
}

bool IpNetwork::contains(const IpAddress& address) const {
  const auto whole = static_cast<std::size_t>(bits_ / 8);
  if (!std::equal(front_.begin(), front_.begin() + static_cast<std::ptrdiff_t>(whole),
                  address.begin())) {
    return false;
  }
  if (bits_ % 8 == 0) return true;
  const auto mask = static_cast<std::uint8_t>(0xff << (8 - bits_ % 8));
  return ((front_.at(whole) ^ address.at(whole)) & mask) == 0;
}

}  // namespace saywell
