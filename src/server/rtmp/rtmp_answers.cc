#include "server/rtmp/rtmp_answers.h"

#include <utility>

#include "format/json_text.h"
#include "saywell/status.h"

namespace saywell {

rtmp::StatusObject coded_status(int code, std::string_view description) {
  constexpr int kClientFamily = 50000;
  rtmp::StatusObject status;
  status.level = code >= kClientFamily ? "status" : "error";
  status.code = std::to_string(code);
  status.description = description.empty() ? describe_status(code).message_en : description;
  if (code < kClientFamily) status.extra.add("errID", static_cast<double>(code));
  return status;
}

void send_status(const RtmpOutlet& outlet, std::uint32_t stream_id, rtmp::StatusObject status) {
  outlet.run([stream_id, status = std::move(status)](rtmp::ServerSession& session) {
    session.send_status(stream_id, status);
  });
}

void send_answer(const RtmpOutlet& outlet, std::uint32_t stream_id, const Answer& answer) {
  const boost::json::object& envelope = answer.envelope;
  const boost::json::value* error = envelope.if_contains("error");
  const boost::json::value* record_id = envelope.if_contains("recordId");
  std::optional<rtmp::StatusObject> status;
  if (error != nullptr && error->is_string()) {
    status = coded_status(answer.code, std::string_view(error->get_string()));
  } else if (envelope.contains("result")) {
    status = coded_status(kResultArrived);
  }
  if (status && record_id != nullptr && record_id->is_string()) {
    status->extra.add("recordId", std::string_view(record_id->get_string()));
  }
  outlet.run([stream_id, status, text = json_text(envelope)](rtmp::ServerSession& session) {
    if (status) session.send_status(stream_id, *status);
    session.send_command(stream_id, "onResult", {std::string_view(text)});
  });
}

Answer service_refusal(const RecordingService& service, const RecordingRequest& wanted, int code,
                       const std::string& message) {
  Answer answer{service.refusal("", wanted, Status(Code::kInternal, "")), code};
  answer.envelope["errID"] = code;
  answer.envelope["error"] = message;
  return answer;
}

void HeldAnswer::give(const Answer& answer) {
  const std::lock_guard lock(mutex_);
  if (released_) {
    send_answer(outlet_, stream_id_, answer);
  } else {
    waiting_ = answer;
  }
}

void HeldAnswer::release() {
  const std::lock_guard lock(mutex_);
  released_ = true;
  if (waiting_) send_answer(outlet_, stream_id_, *waiting_);
  waiting_.reset();
}

}  // namespace saywell
