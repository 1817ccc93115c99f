#include "server/authenticator.h"

#include "base/status_macros.h"
#include "server/http/base64.h"

namespace saywell {
namespace {

constexpr std::string_view kBearer = "Bearer ";
constexpr std::string_view kBasic = "Basic ";

SignIn refused(std::string why) {
  return {.accepted = false, .access = {}, .refusal = std::move(why)};
}

SignIn open_sign_in() { return {.accepted = true, .access = {}, .refusal = {}}; }

}  // namespace

Result<bool> Authenticator::is_open() const {
  ASSIGN_OR_RETURN(const bool any, store_.applications().any());
  return !any;
}

Result<SignIn> Authenticator::by_key(std::string_view key) const {
  return store_.sessions().sign_in(key);
}

Result<SignIn> Authenticator::by_secret(std::string_view application_id,
                                        std::string_view secret) const {
  return store_.applications().sign_in_with_secret(application_id, secret);
}

Result<SignIn> Authenticator::by_request(const HttpRequest& request) const {
  ASSIGN_OR_RETURN(const bool open, is_open());
  if (open) return open_sign_in();
  const std::string_view header = request.header("authorization");
  if (header.substr(0, kBearer.size()) == kBearer) return by_key(header.substr(kBearer.size()));
  if (header.substr(0, kBasic.size()) == kBasic) {
    const std::optional<std::string> pair = base64_decoded(header.substr(kBasic.size()));
    const std::size_t colon = pair ? pair->find(':') : std::string::npos;
    if (colon == std::string::npos) return refused("the Authorization header is malformed");
    return by_secret(pair->substr(0, colon), pair->substr(colon + 1));
  }
  if (const std::string_view token = request.query_value("token"); !token.empty()) {
    return by_key(token);
  }
  return refused("a token is needed (POST /v1/sessions gives one)");
}

Result<SignIn> Authenticator::by_credentials(const Credentials& credentials) const {
  ASSIGN_OR_RETURN(const bool open, is_open());
  if (open) return open_sign_in();
  if (!credentials.token.empty()) return by_key(credentials.token);
  if (credentials.signature.empty()) return refused("connect: a sig or a token is needed");
  return store_.applications().sign_in(
      {credentials.application_id, credentials.timestamp, credentials.signature},
      config_.signature_window_s * 1000);
}

std::optional<std::string> authorize(const Access& access, bool open, Caller& caller) {
  if (open) {
    if (caller.application_id.empty()) caller.application_id = "open";
    if (caller.user_id.empty()) caller.user_id = "guest";
    return std::nullopt;
  }
  const bool named = caller.application_id != "open" && !caller.application_id.empty();
  if (named && caller.application_id != access.application_id) {
    return "applicationId: signed in as another application";
  }
  caller.application_id = access.application_id;
  caller.session_id = access.session_id;
  const bool user_named = caller.user_id != "guest" && !caller.user_id.empty();
  if (!user_named && !access.user_id.empty()) caller.user_id = access.user_id;
  if (caller.user_id.empty()) caller.user_id = "guest";
  if (!may_record_as(access, caller.user_id)) return "userId: signed in as another user";
  return std::nullopt;
}

}  // namespace saywell
