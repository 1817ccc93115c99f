// POST /v1/assess, GET /v1/results/{id}, GET /v1/pronunciations.
#include <optional>
#include <utility>

#include "base/status_macros.h"
#include "format/json_text.h"
#include "format/pronunciations_json.h"
#include "server/answers.h"
#include "server/http/request_access.h"
#include "server/http/route_table.h"
#include "server/recording/sample_container.h"
#include "text/unicode_text.h"

namespace saywell {
namespace {

using boost::json::object;

struct Upload {
  object params;
  std::string_view audio;
};

// A multipart body with `audio` and `request`.
Result<Upload> read_parts(const HttpRequest& request) {
  RETURN_IF_ERROR(check_query(request, {}));
  for (const BodyPart& part : request.parts) {
    if (part.header.name != "audio" && part.header.name != "request") {
      return Status(Code::kBadParameter, shortened(part.header.name, 60),
                    "unknown part; audio and request are expected");
    }
  }
  const BodyPart* audio = request.part("audio");
  const BodyPart* fields = request.part("request");
  if (audio == nullptr) return Status(Code::kBadParameter, "audio", "this part is missing");
  if (fields == nullptr) return Status(Code::kBadParameter, "request", "this part is missing");
  ASSIGN_OR_RETURN(object params, parse_json_object(fields->content));
  return Upload{std::move(params), audio->content};
}

// The audio as body, the request in the query: field by field, or as JSON in `request`.
Result<Upload> read_query(const HttpRequest& request) {
  FormFields fields;
  for (const auto& field : request.query) {
    if (field.first != "token") fields.push_back(field);
  }
  const bool as_json = fields.size() == 1 && fields[0].first == "request";
  ASSIGN_OR_RETURN(object params,
                   as_json ? parse_json_object(fields[0].second) : form_fields_to_request(fields));
  return Upload{std::move(params), request.body};
}

void assess(const RouteParts& parts, const HttpRequest& request, const Respond& respond) {
  const Result<Access> access = parts.authenticator.by_request(request);
  if (!access.ok()) return respond(error_response(access.status()));
  Result<Upload> upload = request.parts.empty() ? read_query(request) : read_parts(request);
  if (!upload.ok()) return respond(error_response(upload.status()));
  Result<RequestOptions> options = request_from_json(upload->params);
  if (!options.ok()) return respond(error_response(options.status()));
  const Status allowed = authorize(*access, options->caller);
  if (!allowed.ok()) return respond(error_response(allowed));
  RecordingRequest recording_request;
  recording_request.interface_name = "assess";
  recording_request.options = *std::move(options);
  recording_request.params = std::move(upload->params);
  recording_request.bytes_are_whole = true;
  recording_request.extension = extension_of(upload->audio);
  const bool waits = request.header("prefer") != "respond-async";
  respond_with_assessment(parts.service, std::move(recording_request), upload->audio,
                          {waits,
                           [](const Answer& answer) {
                             return json_response(http_status_of(answer.status), answer.envelope);
                           }},
                          respond);
}

void get_result(const RouteParts& parts, const HttpRequest& request, const Respond& respond) {
  const Result<Access> access = parts.authenticator.by_request(request);
  if (!access.ok()) return respond(error_response(access.status()));
  parts.service.keep_pending_results();
  Recordings& recordings = parts.service.store().recordings();
  const std::string& id = request.path_values[0];
  const Result<StoredResult> result =
      recordings.result(id, access_to_recording(recordings, *access, id));
  if (!result.ok()) return respond(error_response(result.status()));
  HttpResponse response;
  if (result->json.empty() && result->state == RecordingState::kFailed) {
    const Code code = result->code == 0 ? Code::kFileUnreadable : static_cast<Code>(result->code);
    response = error_response(Status(code, "the recording was cut short"));
  } else if (result->json.empty()) {
    const bool computing =
        result->state == RecordingState::kReceiving || result->state == RecordingState::kQueued;
    response = json_response(computing ? 202 : 200,
                             {{"recordId", id}, {"state", recording_state_name(result->state)}});
  } else {
    response.status = result->code == 0 ? 200 : describe_status(result->code).http_status;
    response.body = result->json;
  }
  respond(std::move(response));
}

void give_pronunciations(const RouteParts& parts, const HttpRequest& request,
                         const Respond& respond) {
  const Result<Access> access = parts.authenticator.by_request(request);
  if (!access.ok()) return respond(error_response(access.status()));
  const Status known = check_query(request, {"text", "alphabet"});
  if (!known.ok()) return respond(error_response(known));
  const std::string_view alphabet = request.query_value("alphabet");
  if (!alphabet.empty() && alphabet != "ipa" && alphabet != "arpabet") {
    return respond(error_response(
        Status(Code::kBadParameter, "alphabet", "\"arpabet\" or \"ipa\" is expected")));
  }
  const auto engine = parts.service.engine().get();
  if (!engine.ok()) return respond(error_response(engine.status()));
  const Result<ReferenceText> text = (*engine)->read_text(request.query_value("text"));
  if (!text.ok()) return respond(error_response(text.status()));
  respond(json_response(
      200, reference_text_to_json(*text, alphabet == "ipa" ? Alphabet::kIpa : Alphabet::kArpabet)));
}

}  // namespace

void add_assess_routes(const RouteParts& parts, Router& router) {
  const auto max_bytes =
      static_cast<std::size_t>(parts.service.config().limits.recording_max_bytes);
  router.add(
      {"POST", "/v1/assess",
       [parts](const auto& request, const Respond& respond) { assess(parts, *request, respond); },
       max_bytes + kBodyOverheadBytes});
  router.add({"GET", "/v1/results/{id}", [parts](const auto& request, const Respond& respond) {
                get_result(parts, *request, respond);
              }});
  router.add({"GET", "/v1/pronunciations", [parts](const auto& request, const Respond& respond) {
                give_pronunciations(parts, *request, respond);
              }});
}

}  // namespace saywell
