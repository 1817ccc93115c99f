// Who is asking: tokens, sessions, secrets and signatures to an Access; and what they may do.
#pragma once

#include <string_view>

#include "config/server_config.h"
#include "format/request_json.h"
#include "saywell/status.h"
#include "server/http/http_message.h"
#include "store/store.h"
#include "wire/stream_command.h"

namespace saywell {

// Signing in, the same for every protocol. On an open server (no application) everyone may do
// everything, under any name, and is signed in whatever they send.
//
// Errors of all by_…(): 40080 nothing that signs in, or it is wrong or has ended; 503 the storage
// fails (the log says how): whoever asks again may be signed in.
// Thread-safe; asks the store, so its calls may wait. `config` and `store` must outlive it.
class Authenticator {
 public:
  Authenticator(const ServerConfig& config, Store& store) : config_(config), store_(store) {}

  // Whether there is no application. Errors: those of the database.
  Result<bool> is_open() const;

  // `Authorization: Bearer TOKEN`, `Authorization: Basic` of an application's id and secret, or the
  // query's `token` (for addresses in pages).
  Result<Access> by_request(const HttpRequest& request) const;
  Result<Access> by_credentials(const Credentials& credentials) const;
  // A session of 2011.
  Result<Access> by_session(std::string_view key) const;
  // An application's own.
  Result<Access> by_secret(std::string_view application_id, std::string_view secret) const;

 private:
  template <class SignIn>
  Result<Access> unless_open(SignIn sign_in) const;

  const ServerConfig& config_;
  Store& store_;
};

// Puts the one who signed in into `caller`: their application and session, and their user where the
// request names none. Code 40082 naming applicationId or userId, when the request names another
// application, or a user that they may not record as. Pure.
Status authorize(const Access& access, Caller& caller);

}  // namespace saywell
