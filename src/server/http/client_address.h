// The client that a request comes from, through proxies too, and the name it was sent to. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/ip_network.h"
#include "server/http/http_message.h"

namespace saywell {

// A Host header, or what follows "://" in an origin.
struct HostAndPort {
  std::string host;  // in lower case, without a final dot; an IPv6 address without its brackets
  std::string port;  // digits; empty: none was given
};

// nullopt for what is none.
std::optional<HostAndPort> parse_host(std::string_view text);

// The peer; where that is one of `proxies`, the last address of X-Forwarded-For that is none of
// them. A client may have made up the addresses before it.
std::string client_address(const HttpRequest& request, const std::vector<IpNetwork>& proxies);

// Whether a program on this machine asks, by a name that nobody else can point here, and no proxy
// asks for others: the peer and Host are the loopback's, and there is no trace of a proxy. That is
// a header of those that proxies add, or HTTP/1.0, which nginx speaks to what is behind it unless
// told otherwise.
bool is_local(const HttpRequest& request);

}  // namespace saywell
