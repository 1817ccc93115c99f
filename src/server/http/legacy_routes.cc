// The interface of 2011: getSessionKey, enscore, cnscore. Every answer has HTTP status 200; what
// went wrong stands in it.
#include <boost/json/value.hpp>
#include <charconv>
#include <optional>
#include <utility>

#include "base/status_macros.h"
#include "format/json_text.h"
#include "server/answers.h"
#include "server/http/rank_letters.h"
#include "server/http/request_access.h"
#include "server/http/route_table.h"
#include "server/recording/sample_container.h"
#include "store/crypto/hashes.h"
#include "text/unicode_text.h"

namespace saywell {
namespace {

using boost::json::object;

HttpResponse failed(const Status& status) { return error_response(200, status); }

// Form-encoded, multipart or in the query.
Result<FormFields> read_fields(const HttpRequest& request) {
  FormFields fields = request.query;
  for (const BodyPart& part : request.parts) fields.emplace_back(part.header.name, part.content);
  ASSIGN_OR_RETURN(const FormFields body, parse_form_fields(request.body));
  fields.insert(fields.end(), body.begin(), body.end());
  return fields;
}

Result<std::string> new_session(const RouteParts& parts, const Access& access) {
  if (access.open) return random_hex(16);  // nobody asks for it
  const Result<IssuedKey> key = parts.service.store().sessions().open_session(
      access.application_id, parts.service.config().session_idle_s * 1000);
  if (!key.ok()) return key.status();
  return key->key;
}

void give_session_key(const RouteParts& parts, const HttpRequest& request, const Respond& respond) {
  const Result<FormFields> fields = read_fields(request);
  if (!fields.ok()) return respond(failed(fields.status()));
  Credentials credentials;
  for (const auto& [name, text] : *fields) {
    std::string* target = name == "applicationId" ? &credentials.application_id
                          : name == "timestamp"   ? &credentials.timestamp
                          : name == "sig"         ? &credentials.signature
                                                  : nullptr;
    if (target == nullptr) {
      return respond(failed(Status(Code::kBadParameter, shortened(name, 60), "unknown field")));
    }
    *target = text;
  }
  const Result<Access> access =
      parts.authenticator.by_credentials(credentials, parts.authenticator.client_of(request));
  if (!access.ok()) return respond(failed(access.status()));
  const Result<std::string> session = new_session(parts, *access);
  if (!session.ok()) return respond(failed(session.status()));
  respond(json_response(200, {{"timestamp", credentials.timestamp},
                              {"session", *session},
                              {"applicationId", credentials.application_id}}));
}

Result<object> read_part(const HttpRequest& request, std::string_view name) {
  const BodyPart* part = request.part(name);
  if (part == nullptr) {
    return Status(Code::kBadParameter, std::string(name), "this part is missing");
  }
  Result<object> fields = parse_json_object(part->content);
  if (!fields.ok()) {
    return Status(fields.status().code(), std::string(name), fields.status().explanation());
  }
  return fields;
}

// Clients of then sent numbers as text.
void make_numeric(object& fields, std::string_view name) {
  boost::json::value* given = fields.if_contains(name);
  if (given == nullptr || !given->is_string()) return;
  const std::string_view text = given->get_string();
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc() && end == text.data() + text.size()) *given = number;
}

std::string text_field(const object& fields, std::string_view name) {
  const boost::json::value* given = fields.if_contains(name);
  return given != nullptr && given->is_string() ? std::string(given->get_string()) : std::string();
}

struct LegacyRequest {
  object params;
  std::string session;
  RequestOptions options;
};

Result<LegacyRequest> read_request(const HttpRequest& request) {
  ASSIGN_OR_RETURN(const object system, read_part(request, "sysParams"));
  ASSIGN_OR_RETURN(object fields, read_part(request, "appParams"));
  for (const std::string_view name : {"scoreType", "rank", "precision"}) {
    make_numeric(fields, name);
  }
  fields.erase("audioType");  // its content says it
  LegacyRequest legacy;
  legacy.params = fields;
  for (const auto& [name, given] : system) {
    if (name == "session") {
      legacy.session = text_field(system, "session");
    } else if (name == "userId" || name == "applicationId") {
      fields[name] = given;
    } else {
      return Status(Code::kBadParameter, "sysParams." + std::string(name), "unknown field");
    }
  }
  ASSIGN_OR_RETURN(legacy.options, request_from_json(fields));
  return legacy;
}

HttpResponse legacy_response(const Answer& answer, bool letters) {
  object envelope = answer.envelope;
  if (letters) {
    if (boost::json::value* result = envelope.if_contains("result")) scores_to_letters(*result);
  }
  return json_response(200, envelope);
}

void score(const RouteParts& parts, bool mandarin, const HttpRequest& request,
           const Respond& respond) {
  Result<LegacyRequest> legacy = read_request(request);
  if (!legacy.ok() && !mandarin) return respond(failed(legacy.status()));
  const Result<Access> access = parts.authenticator.by_session(
      legacy.ok() ? legacy->session : std::string(), parts.authenticator.client_of(request));
  if (!access.ok()) return respond(failed(access.status()));
  if (mandarin) {
    return respond(failed(Status(Code::kBadParameter, "coreType", "Mandarin is not scored yet")));
  }
  const Status allowed = authorize(*access, legacy->options.caller);
  if (!allowed.ok()) return respond(failed(allowed));
  const BodyPart* audio = request.part("audio");
  if (audio == nullptr) {
    return respond(failed(Status(Code::kBadParameter, "audio", "this part is missing")));
  }
  RecordingRequest recording_request;
  recording_request.interface_name = "enscore";
  recording_request.options = std::move(legacy->options);
  recording_request.params = std::move(legacy->params);
  recording_request.bytes_are_whole = true;
  recording_request.extension = extension_of(audio->content);
  const bool letters = recording_request.options.presentation.rank == 4;
  const AnswerStyle style = {
      true, [letters](const Answer& answer) { return legacy_response(answer, letters); }};
  respond_with_assessment(parts.service, std::move(recording_request), audio->content, style,
                          respond);
}

}  // namespace

void add_legacy_routes(const RouteParts& parts, Router& router) {
  const auto max_bytes =
      kBodyOverheadBytes +
      static_cast<std::size_t>(parts.service.config().limits.recording_max_bytes);
  router.add(
      {.method = "POST",
       .pattern = "/api/v1.1/auth/getSessionKey",
       .handler = [parts](const auto& request,
                          const Respond& respond) { give_session_key(parts, *request, respond); },
       .max_body_bytes = kBodyOverheadBytes,
       .always_200 = true});
  for (const bool mandarin : {false, true}) {
    router.add({.method = "POST",
                .pattern = mandarin ? "/api/v1.1/cnscore" : "/api/v1.1/enscore",
                .handler =
                    [parts, mandarin](const auto& request, const Respond& respond) {
                      score(parts, mandarin, *request, respond);
                    },
                .max_body_bytes = max_bytes,
                .always_200 = true});
  }
}

}  // namespace saywell
