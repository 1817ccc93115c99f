// For whoever practises: GET /v1/speech says a text, GET /v1/recordings/{id}/analysis describes a
// recording over time. Both compute, on the threads and within the limits of assessments.
#include <charconv>
#include <utility>

#include "audio/wav_writer.h"
#include "base/status_macros.h"
#include "server/answers.h"
#include "server/http/request_access.h"
#include "server/http/route_table.h"
#include "server/recording/recording_analysis.h"
#include "tts/reading_text.h"
#include "tts/text_to_speech.h"

namespace saywell {
namespace {

constexpr std::size_t kMaxSpokenBytes = 1000;
// Speaking a letter, and analysing a second, take about as long as assessing so much audio.
constexpr double kCostOfLetterS = 0.03;
constexpr double kCostOfAnalysedSecondS = 0.3;

struct SpeechRequest {
  std::vector<std::string> sentences;
  double speed = 1;
};

Result<double> read_speed(std::string_view text) {
  if (text.empty()) return 1.0;
  double speed = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), speed);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  if (!whole || !(speed >= kSlowestSpeech && speed <= kFastestSpeech)) {
    return Status(Code::kBadParameter, "speed", "a number from 0.5 to 1.5 is expected");
  }
  return speed;
}

Result<SpeechRequest> read_speech_request(const RouteParts& parts, const HttpRequest& request) {
  RETURN_IF_ERROR(check_query(request, {"text", "speed"}));
  const std::string_view text = request.query_value("text");
  if (text.size() > kMaxSpokenBytes) {
    return Status(
        Code::kBadParameter, "text",
        std::to_string(text.size()) + " bytes, at most " + std::to_string(kMaxSpokenBytes));
  }
  ASSIGN_OR_RETURN(const double speed, read_speed(request.query_value("speed")));
  const auto engine = parts.service.engine().get();
  if (!engine.ok()) return engine.status();
  ASSIGN_OR_RETURN(const ReferenceText reference, (*engine)->read_text(text));
  return SpeechRequest{reading_text(reference, text), speed};
}

HttpResponse speech_response(const SpeechRequest& speech_request) {
  const Result<std::vector<float>> samples =
      text_to_speech(speech_request.sentences, speech_request.speed);
  if (!samples.ok()) return error_response(samples.status());
  const std::vector<std::byte> wav = pcm_to_wav(*samples);
  HttpResponse response;
  response.content_type = "audio/wav";
  response.headers.emplace_back("Cache-Control", "private, max-age=86400");
  response.body.assign(reinterpret_cast<const char*>(wav.data()), wav.size());
  return response;
}

void get_speech(const RouteParts& parts, const HttpRequest& request, const Respond& respond) {
  const Result<Access> access = parts.authenticator.by_request(request);
  if (!access.ok()) return respond(error_response(access.status()));
  Result<SpeechRequest> speech_request = read_speech_request(parts, request);
  if (!speech_request.ok()) return respond(error_response(speech_request.status()));
  std::size_t letters = 0;
  for (const std::string& sentence : speech_request->sentences) letters += sentence.size();
  parts.service.submit_other(
      {.application_id = access->application_id,
       .cost_s = static_cast<double>(letters) * kCostOfLetterS,
       .run = [speech_request = *std::move(speech_request),
               respond] { respond(speech_response(speech_request)); },
       .refuse = [respond](const Status& status) { respond(error_response(status)); }});
}

HttpResponse analysis_response(const std::string& id, const Result<Recording>& recording,
                               const VadModel& vad) {
  if (!recording.ok()) return error_response(recording.status());
  Result<boost::json::object> analysis = analyse_recording(*recording, vad);
  if (!analysis.ok()) return error_response(analysis.status());
  analysis->emplace("recordId", id);
  HttpResponse response = json_response(200, *analysis);
  response.headers.emplace_back("Cache-Control", "private, no-store");
  return response;
}

void analyse(const RouteParts& parts, const HttpRequest& request, const Respond& respond) {
  const Result<Access> access = parts.authenticator.by_request(request);
  if (!access.ok()) return respond(error_response(access.status()));
  if (Status known = check_query(request, {}); !known.ok()) return respond(error_response(known));
  const auto engine = parts.service.engine().get();
  if (!engine.ok()) return respond(error_response(engine.status()));
  if ((*engine)->vad == nullptr)
    return respond(error_response(Status(Code::kKernelUnavailable, "no voice activity model")));
  const std::string& id = request.path_values[0];
  Recordings& recordings = parts.service.store().recordings();
  const Result<RecordingFile> file =
      recordings.open(id, access_to_recording(recordings, *access, id));
  if (!file.ok()) return respond(error_response(file.status()));
  Result<std::string> bytes = file->read_whole();
  if (!bytes.ok()) return respond(error_response(bytes.status()));
  const double seconds = static_cast<double>(file->recording().duration_ms) / 1000;
  parts.service.submit_other(
      {.application_id = access->application_id,
       .cost_s = seconds * kCostOfAnalysedSecondS,
       .run =
           [id, bytes = *std::move(bytes), vad = (*engine)->vad, &service = parts.service,
            respond] {
             const auto recording =
                 service.decoding().whole(std::as_bytes(std::span(bytes.data(), bytes.size())),
                                          DecodeLimits{}.max_duration_s);
             respond(analysis_response(id, recording, *vad));
           },
       .refuse = [respond](const Status& status) { respond(error_response(status)); }});
}

}  // namespace

void add_listening_routes(const RouteParts& parts, Router& router) {
  router.add({"GET", "/v1/speech", [parts](const auto& request, const Respond& respond) {
                get_speech(parts, *request, respond);
              }});
  router.add(
      {"GET", "/v1/recordings/{id}/analysis", [parts](const auto& request, const Respond& respond) {
         analyse(parts, *request, respond);
       }});
}

}  // namespace saywell
