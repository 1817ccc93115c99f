#include "server/http/request_access.h"

#include <algorithm>
#include <utility>

#include "server/answers.h"

namespace saywell {

std::optional<RequestAccess> sign_in(const Authenticator& authenticator, const HttpRequest& request,
                                     const Respond& respond) {
  const Result<bool> open = authenticator.is_open();
  const Result<SignIn> signed_in = authenticator.by_request(request);
  if (!open.ok() || !signed_in.ok()) {
    respond(error_response(open.ok() ? signed_in.status() : open.status()));
    return std::nullopt;
  }
  if (!signed_in->accepted) {
    respond(not_signed_in(signed_in->refusal));
    return std::nullopt;
  }
  return RequestAccess{signed_in->access, *open};
}

Status check_query(const HttpRequest& request, std::initializer_list<std::string_view> known) {
  for (const auto& field : request.query) {
    if (field.first == "token") continue;
    if (std::find(known.begin(), known.end(), field.first) == known.end()) {
      return Status(Code::kBadParameter, "'" + field.first + "': unknown field");
    }
  }
  return Status();
}

Access access_to_recording(const Recordings& recordings, const RequestAccess& access,
                           const std::string& id) {
  Access reader = access.access;
  if (!access.open) return reader;
  const Result<StoredRecording> recording = recordings.find(id);
  if (recording.ok()) reader.application_id = recording->application_id;
  return reader;
}

void respond_with_assessment(RecordingService& service, RecordingRequest recording_request,
                             std::string_view audio, const AnswerStyle& style,
                             const Respond& respond) {
  const auto refuse = [&](const std::string& id, const Status& status) {
    respond(style.response({service.refusal(id, recording_request, status), status.number()}));
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
