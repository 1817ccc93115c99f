// POST /v1/sessions: a token for one user, asked for by the application's own back end.
// GET /v1/sessions: who the caller is, for pages.
#include <algorithm>
#include <boost/json/value.hpp>
#include <optional>
#include <utility>

#include "base/status_macros.h"
#include "format/json_text.h"
#include "server/answers.h"
#include "server/http/request_access.h"
#include "server/http/route_table.h"

namespace saywell {
namespace {

using boost::json::object;
using boost::json::value;

struct TokenRequest {
  std::string application_id, secret, user_id;
  Role role = Role::kLearner;
  std::int64_t life_s = 0;  // 0: the server's default
};

Status bad(std::string_view field, const std::string& what) {
  return Status(Code::kBadParameter, std::string(field), what);
}

Status read_field(std::string_view name, const value& given, TokenRequest& token) {
  std::string role;
  std::string* text = name == "applicationId" ? &token.application_id
                      : name == "secret"      ? &token.secret
                      : name == "userId"      ? &token.user_id
                      : name == "role"        ? &role
                                              : nullptr;
  if (text != nullptr) {
    if (!given.is_string()) return bad(name, "a text is expected");
    *text = given.get_string();
    if (name != "role") return Status();
    if (role != "learner" && role != "teacher") {
      return bad(name, "\"learner\" or \"teacher\" is expected");
    }
    token.role = role == "teacher" ? Role::kTeacher : Role::kLearner;
    return Status();
  }
  if (name != "expiresIn") return bad(name, "unknown field");
  if (!given.is_int64() || given.get_int64() < 1) return bad(name, "whole seconds are expected");
  token.life_s = given.get_int64();
  return Status();
}

Result<TokenRequest> read_token_request(const std::string& body) {
  ASSIGN_OR_RETURN(const object fields, parse_json_object(body));
  TokenRequest token;
  for (const auto& [name, given] : fields) {
    RETURN_IF_ERROR(read_field(name, given, token));
  }
  if (token.user_id.empty()) return bad("userId", "missing");
  return token;
}

// May have a token made: the application itself, by the secret in the body or in the header.
Result<Access> back_end(const Authenticator& authenticator, const HttpRequest& request,
                        const TokenRequest& token) {
  if (token.secret.empty()) return authenticator.by_request(request);
  return authenticator.by_secret(token.application_id, token.secret,
                                 authenticator.client_of(request));
}

void make_token(const RouteParts& parts, const HttpRequest& request, const Respond& respond) {
  const Result<TokenRequest> token = read_token_request(request.body);
  if (!token.ok()) return respond(error_response(token.status()));
  const Result<Access> caller = back_end(parts.authenticator, request, *token);
  if (!caller.ok()) return respond(error_response(caller.status()));
  if (caller->open) {
    return respond(error_response(
        bad("applicationId", "there is no application yet: `saywell app add NAME` makes one")));
  }
  if (caller->role != Role::kBackEnd) {
    return respond(error_response(Status(Code::kNotAllowed, "a token cannot make tokens")));
  }
  const ServerConfig& config = parts.service.config();
  const std::int64_t life_s = token->life_s > 0 ? token->life_s : config.token_default_s;
  if (life_s > config.token_max_s) {
    return respond(error_response(
        bad("expiresIn", "at most " + std::to_string(config.token_max_s) + " seconds")));
  }
  const Result<IssuedKey> key = parts.service.store().sessions().issue_token(
      caller->application_id, token->user_id, token->role, life_s * 1000);
  if (!key.ok()) return respond(error_response(key.status()));
  HttpResponse response = json_response(201, {{"token", key->key},
                                              {"applicationId", key->access.application_id},
                                              {"userId", token->user_id},
                                              {"role", role_name(token->role)},
                                              {"sessionId", key->access.session_id},
                                              {"expiresAt", key->access.expires_ms}});
  response.headers.emplace_back("Cache-Control", "no-store");
  respond(std::move(response));
}

void describe_caller(const RouteParts& parts, const HttpRequest& request, const Respond& respond) {
  const Result<Access> access = parts.authenticator.by_request(request);
  if (!access.ok()) return respond(error_response(access.status()));
  object caller{{"open", access->open}, {"endOfSpeechMs", parts.service.config().end_of_speech_ms}};
  if (!access->open) {
    caller["applicationId"] = access->application_id;
    caller["userId"] = access->user_id;
    caller["role"] = role_name(access->role);
    if (access->expires_ms > 0) caller["expiresAt"] = access->expires_ms;
  }
  HttpResponse response = json_response(200, caller);
  response.headers.emplace_back("Cache-Control", "no-store");
  respond(std::move(response));
}

}  // namespace

void add_account_routes(const RouteParts& parts, Router& router) {
  constexpr std::size_t kMaxBodyBytes = 16'384;
  // Of no page: a page has no secret.
  router.add({"POST", "/v1/sessions",
              [parts](const auto& request, const Respond& respond) {
                make_token(parts, *request, respond);
              },
              kMaxBodyBytes, false});
  router.add({"GET", "/v1/sessions", [parts](const auto& request, const Respond& respond) {
                describe_caller(parts, *request, respond);
              }});
}

}  // namespace saywell
