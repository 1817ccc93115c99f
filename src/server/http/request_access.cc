#include "server/http/request_access.h"

#include <algorithm>
#include <utility>

#include "server/answers.h"
#include "text/unicode_text.h"

namespace saywell {

Status check_query(const HttpRequest& request, std::initializer_list<std::string_view> known) {
  for (const auto& field : request.query) {
    if (field.first == "token") continue;
    if (std::find(known.begin(), known.end(), field.first) == known.end()) {
      return Status(Code::kBadParameter, shortened(field.first, 60), "unknown field");
    }
  }
  return Status();
}

Access access_to_recording(const Recordings& recordings, const Access& access,
                           const std::string& id) {
  Access reader = access;
  if (!access.open) return reader;
  const Result<StoredRecording> recording = recordings.find(id);
  if (recording.ok()) reader.application_id = recording->application_id;
  return reader;
}

void respond_with_assessment(RecordingService& service, RecordingRequest recording_request,
                             std::string_view audio, const AnswerStyle& style,
                             const Respond& respond) {
  const auto refuse = [&](const std::string& id, const Status& status) {
    respond(style.response({service.refusal(id, recording_request, status), status}));
  };
  Result<std::unique_ptr<RecordingSession>> session = service.begin(recording_request);
  if (!session.ok()) return refuse("", session.status());
  const std::string id = (*session)->id();
  const auto taken = (*session)->append(std::as_bytes(std::span(audio.data(), audio.size())));
  if (!taken.ok()) return refuse(id, taken.status());
  // What is not stored can only be told now.
  const bool waits = style.waits || !(*session)->recording_request().options.store;
  Answered answered;
  if (waits) {
    answered = [style, respond](const Answer& answer) { respond(style.response(answer)); };
  } else {
    answered = [](const Answer&) {};
  }
  if (Status done = (*session)->finish(std::move(answered)); !done.ok()) return refuse(id, done);
  if (!waits) respond(json_response(202, {{"recordId", id}, {"state", "queued"}}));
}

}  // namespace saywell
