// A client's proof of identity.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/json/object.hpp>
#include <cstdint>
#include <string>

#include "client/links.h"
#include "saywell/status.h"

namespace saywell::client {

// A token, or an application's id and secret; empty for an open server.
struct Login {
  std::string token;
  std::string application_id;
  std::string secret;  // never sent: only signatures are
};

// SHA-256 of id, time and secret, in hexadecimal. Pure.
std::string signature(const Login& login, const std::string& timestamp);

// The WebSocket command "connect". Pure.
boost::json::object connect_command(const Login& login, std::int64_t now_s);

// The Authorization header of HTTP requests: with the token, or with a session key that a signature
// obtains. Empty without a login. Errors: those of the link; the server's code when it refuses.
boost::asio::awaitable<Result<std::string>> authorization(HttpLink& link, const Login& login,
                                                          std::int64_t now_s);

}  // namespace saywell::client
