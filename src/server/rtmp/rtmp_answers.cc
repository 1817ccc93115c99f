#include "server/rtmp/rtmp_answers.h"

#include <utility>

#include "format/json_text.h"
#include "saywell/status.h"

namespace saywell {

rtmp::StatusObject coded_status(int code) {
  rtmp::StatusObject status;
  status.level = "status";
  status.code = std::to_string(code);
  status.description = describe_status(code).message_en;
  return status;
}

rtmp::Amf0Object refusal_members(const Status& why) {
  rtmp::Amf0Object members;
  members.add("errID", static_cast<double>(why.number()));
  if (!why.field().empty()) members.add("field", std::string_view(why.field()));
  return members;
}

void send_status(const RtmpOutlet& outlet, std::uint32_t stream_id, rtmp::StatusObject status) {
  outlet.run([stream_id, status = std::move(status)](rtmp::ServerSession& session) {
    session.send_status(stream_id, status);
  });
}

void send_answer(const RtmpOutlet& outlet, std::uint32_t stream_id, const Answer& answer) {
  const boost::json::object& envelope = answer.envelope;
  const boost::json::value* record_id = envelope.if_contains("recordId");
  std::optional<rtmp::StatusObject> status;
  if (!answer.status.ok()) {
    const Status& why = answer.status;
    status = {"error", std::to_string(why.number()), why.message(), refusal_members(why)};
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

Answer service_refusal(const RecordingService& service, const RecordingRequest& wanted,
                       const Status& why) {
  return {service.refusal("", wanted, why), why};
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
