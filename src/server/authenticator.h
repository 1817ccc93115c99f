// Who is asking: tokens, sessions, secrets and signatures to an Access.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "config/server_config.h"
#include "format/request_json.h"
#include "saywell/status.h"
#include "server/http/http_message.h"
#include "store/store.h"
#include "wire/stream_command.h"

namespace saywell {

// Thread-safe; asks the store, so its calls may wait. `config` and `store` must outlive it.
class Authenticator {
 public:
  Authenticator(const ServerConfig& config, Store& store) : config_(config), store_(store) {}

  // Without any application everyone may do everything, under any name.
  Result<bool> is_open() const;

  // `Authorization: Bearer TOKEN`, `Authorization: Basic` of an application's id and secret, or the
  // query's `token` (for addresses in pages). Open: always accepted.
  Result<SignIn> by_request(const HttpRequest& request) const;
  Result<SignIn> by_credentials(const Credentials& credentials) const;
  Result<SignIn> by_key(std::string_view key) const;
  Result<SignIn> by_secret(std::string_view application_id, std::string_view secret) const;

 private:
  const ServerConfig& config_;
  Store& store_;
};

// Puts the one who signed in into `caller`: his application and session, and his user where the
// request names none. A sentence when the request names another application or a user that he may
// not record as.
std::optional<std::string> authorize(const Access& access, bool open, Caller& caller);

}  // namespace saywell
