// The address of a server as users write it.
#pragma once

#include <string>
#include <string_view>

#include "saywell/status.h"

namespace saywell::client {

struct ServerAddress {
  bool tls = false;
  std::string host;     // without the brackets of an IPv6 address
  std::string port;     // decimal
  std::string prefix;   // of every path, where a proxy adds one: "" or "/speech"
  std::string ca_file;  // PEM, of authorities to trust besides the system's; may be empty

  std::string host_header() const;  // "school.example:8443"
};

// "http://HOST[:PORT][/PREFIX]", also https, ws and wss. Code 40031 names the mistake. Pure.
Result<ServerAddress> parse_server_url(std::string_view url);

}  // namespace saywell::client
