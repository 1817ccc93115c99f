#include "server/authenticator.h"

#include <optional>
#include <string>

#include "base/log.h"
#include "base/status_macros.h"
#include "server/http/base64.h"
#include "server/http/client_address.h"

namespace saywell {
namespace {

constexpr std::string_view kBearer = "Bearer ";
constexpr std::string_view kBasic = "Basic ";

Access open_access() {
  Access access;
  access.open = true;
  return access;
}

// Whoever holds a good token must not be sent away as unknown because the storage fails.
Result<Access> with_storage_failures_as_timeouts(Result<Access> access) {
  if (access.ok() || access.status().code() == Code::kNotSignedIn) return access;
  log_line(LogLevel::kError, "sign-in: " + access.status().explanation());
  return Status(Code::kTimeout, "the storage fails, so that nobody can sign in; try again later");
}

}  // namespace

Result<bool> Authenticator::is_open() const {
  ASSIGN_OR_RETURN(const bool any, store_.applications().any());
  return !any;
}

Authenticator::Authenticator(const ServerConfig& config, Store& store, SignInGuard& guard)
    : config_(config), store_(store), guard_(guard) {
  for (const std::string& proxy : config.trusted_proxies) {
    if (const auto network = IpNetwork::parse(proxy)) proxies_.push_back(*network);
  }
}

Authenticator::Client Authenticator::client_of(const HttpRequest& request,
                                               std::string_view interface_name) const {
  return {client_address(request, proxies_), interface_name};
}

Status Authenticator::check_pace(const Client& client) const {
  const std::optional<std::int64_t> wait_s = guard_.must_wait(client.address);
  if (!wait_s) return Status();
  return Status(Code::kTimeout, "very many sign-ins from this address were refused; try again in " +
                                    std::to_string(*wait_s) + " s");
}

template <class SignIn>
Result<Access> Authenticator::guarded(const Attempt& attempt, SignIn sign_in) const {
  if (!attempt.has_key) return sign_in();
  RETURN_IF_ERROR(check_pace(attempt.client));
  Result<Access> access = sign_in();
  if (access.status().code() == Code::kNotSignedIn) {
    guard_.note({attempt.client.address, attempt.client.interface_name, attempt.application_id,
                 access.status().explanation()});
  }
  return access;
}

template <class SignIn>
Result<Access> Authenticator::unless_open(const Attempt& attempt, SignIn sign_in) const {
  const Result<bool> open = is_open();
  if (!open.ok()) return with_storage_failures_as_timeouts(open.status());
  if (*open) return open_access();
  return guarded(attempt, [&] { return with_storage_failures_as_timeouts(sign_in()); });
}

Result<Access> Authenticator::by_session(std::string_view key, const Client& client) const {
  return unless_open({client, !key.empty()}, [&] { return store_.sessions().sign_in(key); });
}

Result<Access> Authenticator::by_secret(std::string_view application_id, std::string_view secret,
                                        const Client& client) const {
  return unless_open({client, true, std::string(application_id)}, [&] {
    return store_.applications().sign_in_with_secret(application_id, secret);
  });
}

Result<Access> Authenticator::by_request(const HttpRequest& request, const Client& client) const {
  const std::string_view header = request.header("authorization");
  if (header.substr(0, kBasic.size()) == kBasic) {
    const std::optional<std::string> pair = base64_decoded(header.substr(kBasic.size()));
    const std::size_t colon = pair ? pair->find(':') : std::string::npos;
    if (colon != std::string::npos) {
      return by_secret(pair->substr(0, colon), pair->substr(colon + 1), client);
    }
    return unless_open({client, true}, [&]() -> Result<Access> {
      return Status(Code::kNotSignedIn, "Authorization", "the header is malformed");
    });
  }
  const bool in_header = header.substr(0, kBearer.size()) == kBearer;
  const std::string_view token =
      in_header ? header.substr(kBearer.size()) : request.query_value("token");
  return unless_open({client, in_header || !token.empty()}, [&]() -> Result<Access> {
    if (in_header || !token.empty()) return store_.sessions().sign_in(token);
    return Status(Code::kNotSignedIn, "a token is needed (POST /v1/sessions gives one)");
  });
}

Result<Access> Authenticator::by_credentials(const Credentials& credentials,
                                             const Client& client) const {
  const bool has_key = !credentials.token.empty() || !credentials.signature.empty();
  return unless_open({client, has_key, credentials.application_id}, [&]() -> Result<Access> {
    if (!credentials.token.empty()) return store_.sessions().sign_in(credentials.token);
    if (credentials.signature.empty()) {
      return Status(Code::kNotSignedIn, "connect with a sig or a token first");
    }
    return store_.applications().sign_in(
        {credentials.application_id, credentials.timestamp, credentials.signature},
        config_.signature_window_s * 1000);
  });
}

Status authorize(const Access& access, Caller& caller) {
  if (access.open) {
    if (caller.application_id.empty()) caller.application_id = "open";
    if (caller.user_id.empty()) caller.user_id = "guest";
    return Status();
  }
  const bool named = caller.application_id != "open" && !caller.application_id.empty();
  if (named && caller.application_id != access.application_id) {
    return Status(Code::kNotAllowed, "applicationId", "signed in as another application");
  }
  caller.application_id = access.application_id;
  caller.session_id = access.session_id;
  const bool user_named = caller.user_id != "guest" && !caller.user_id.empty();
  if (!user_named && !access.user_id.empty()) caller.user_id = access.user_id;
  if (caller.user_id.empty()) caller.user_id = "guest";
  if (may_record_as(access, caller.user_id)) return Status();
  return Status(Code::kNotAllowed, "userId", "signed in as another user");
}

}  // namespace saywell
