// Who is asking: tokens, sessions, secrets and signatures to an Access; and what they may do.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "config/ip_network.h"
#include "config/server_config.h"
#include "format/request_json.h"
#include "saywell/status.h"
#include "server/http/http_message.h"
#include "server/sign_in_guard.h"
#include "store/store.h"
#include "wire/stream_command.h"

namespace saywell {

// Signing in, the same for every protocol. On an open server (no application) everyone may do
// everything, under any name, and is signed in whatever they send.
//
// Errors of all by_…(): 40080 nothing that signs in, or it is wrong or has ended, which is to be
// answered after guard().delay(); 503 the storage fails (the log says how), or very many sign-ins
// of the client were refused: a further attempt may be signed in. Thread-safe; asks the store, so
// its calls may wait. What it is made of must outlive it.
class Authenticator {
 public:
  Authenticator(const ServerConfig& config, Store& store, SignInGuard& guard);

  // The one that signs in, for the log and the guard.
  struct Client {
    std::string address;
    std::string_view interface_name = "http";  // or "websocket", "rtmp"
  };
  // Through proxies too (trusted_proxies).
  Client client_of(const HttpRequest& request, std::string_view interface_name = "http") const;

  // Whether there is no application. Errors: those of the database.
  Result<bool> is_open() const;

  // `Authorization: Bearer TOKEN`, `Authorization: Basic` of an application's id and secret, or the
  // query's `token` (for addresses in pages).
  Result<Access> by_request(const HttpRequest& request, const Client& client) const;
  Result<Access> by_request(const HttpRequest& request) const {
    return by_request(request, client_of(request));
  }
  Result<Access> by_credentials(const Credentials& credentials, const Client& client) const;
  // A session of 2011.
  Result<Access> by_session(std::string_view key, const Client& client) const;
  // An application's own.
  Result<Access> by_secret(std::string_view application_id, std::string_view secret,
                           const Client& client) const;

  // Code 503 for a client of which very many sign-ins were refused.
  Status check_pace(const Client& client) const;
  SignInGuard& guard() const { return guard_; }

 private:
  // A key of any kind, with the application that it is said to be of (empty: it does not say), or
  // none.
  struct Attempt {
    const Client& client;
    bool has_key = false;
    std::string application_id = {};
  };
  template <class SignIn>
  Result<Access> unless_open(const Attempt& attempt, SignIn sign_in) const;
  template <class SignIn>
  Result<Access> guarded(const Attempt& attempt, SignIn sign_in) const;

  const ServerConfig& config_;
  Store& store_;
  SignInGuard& guard_;
  std::vector<IpNetwork> proxies_;
};

// Puts the one who signed in into `caller`: their application and session, and their user where the
// request names none. Code 40082 naming applicationId or userId, when the request names another
// application, or a user that they may not record as. Pure.
Status authorize(const Access& access, Caller& caller);

}  // namespace saywell
