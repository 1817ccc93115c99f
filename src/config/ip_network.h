// IP addresses and networks as options and headers name them. Pure; IPv4 and IPv6.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace saywell {

// In network order; an IPv4 address as the IPv6 address that maps it (::ffff:a.b.c.d).
using IpAddress = std::array<std::uint8_t, 16>;

// "203.0.113.7", "2001:db8::1"; nullopt for anything else: names, brackets, ports, zones, "127.1".
std::optional<IpAddress> parse_ip_address(std::string_view text);

// 127.0.0.0/8 and ::1.
bool is_loopback(const IpAddress& address);

class IpNetwork {
 public:
  // "10.0.0.0/8", "fd00::/8", or one address; nullopt for anything else.
  static std::optional<IpNetwork> parse(std::string_view text);

  bool contains(const IpAddress& address) const;

 private:
  IpNetwork(const IpAddress& front, int bits) : front_(front), bits_(bits) {}

  IpAddress front_;
  int bits_;  // of front_ that count, 0 to 128
};

}  // namespace saywell
