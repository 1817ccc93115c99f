// What the handlers share: checks of the query, whose recording is read, and an upload's way to its
// answer.
#pragma once

#include <cstddef>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>

#include "server/authenticator.h"
#include "server/recording/recording_service.h"

namespace saywell {

// What a body may have beside the audio: the request and the parts' heads.
inline constexpr std::size_t kBodyOverheadBytes = 1'100'000;

// Code 40031 naming a field of the query that is not in `known` (nor the token).
Status check_query(const HttpRequest& request, std::initializer_list<std::string_view> known);

// The access with which `id` is to be read. Open: applications are mere names, so it is that of the
// recording itself.
Access access_to_recording(const Recordings& recordings, const Access& access,
                           const std::string& id);

struct AnswerStyle {
  bool waits = true;  // false: 202 with the record id as soon as the recording is on the disk
  std::function<HttpResponse(const Answer& answer)> response;
};

// Stores and assesses a whole recording and answers. A refusal on the way has the same envelope.
void respond_with_assessment(RecordingService& service, RecordingRequest recording_request,
                             std::string_view audio, const AnswerStyle& style,
                             const Respond& respond);

}  // namespace saywell
