#include "server/websocket/stream_session.h"

#include <mutex>
#include <utility>

#include "base/status_macros.h"
#include "format/envelope_json.h"
#include "format/json_text.h"

namespace saywell {

using boost::json::object;

StreamSession::StreamSession(RecordingService& service, const Authenticator& authenticator,
                             const HttpRequest& upgrade, SendText send)
    : service_(service),
      authenticator_(authenticator),
      send_(std::move(send)),
      upgrade_(upgrade),
      client_(authenticator_.client_of(upgrade_, "websocket")),
      access_(authenticator_.by_request(upgrade_, client_)) {}

void StreamSession::send_error(const std::string& cmd, const Status& status) {
  object text;
  if (!cmd.empty()) text["cmd"] = cmd;
  add_status(text, status);
  text["eof"] = 1;
  if (status.code() != Code::kNotSignedIn) return send_(json_text(text));
  authenticator_.guard().answer_later(client_.address,
                                      [send = send_, text = json_text(text)] { send(text); });
}

void StreamSession::send_refusal(const RecordingSession& recording, const Status& status) {
  send_(json_text(service_.refusal(recording.id(), recording.recording_request(), status)));
}

void StreamSession::on_text(std::string text) {
  Result<StreamCommand> command = parse_stream_command(text);
  if (!command.ok()) {
    send_error("", command.status());
    return;
  }
  if (const auto* connecting = std::get_if<ConnectCommand>(&*command)) {
    connect(*connecting);
  } else if (auto* starting = std::get_if<StartCommand>(&*command)) {
    start(std::move(*starting));
  } else {
    stop();
  }
}

Status StreamSession::sign_in(const Credentials& credentials) {
  Result<Access> access = authenticator_.by_credentials(credentials, client_);
  RETURN_IF_ERROR(access);
  access_ = std::move(access);
  return Status();
}

void StreamSession::connect(const ConnectCommand& command) {
  if (const Status signed_in = sign_in(command.credentials); !signed_in.ok()) {
    return send_error("connect", signed_in);
  }
  send_(json_text(object{{"cmd", "connect"}, {"applicationId", access_->application_id}}));
}

// Signs in, where the command has something for that, and puts the caller into its options.
Status StreamSession::admit(StartCommand& command) {
  if (!command.credentials.empty()) RETURN_IF_ERROR(sign_in(command.credentials));
  // The storage may have failed while the connection was made.
  if (access_.status().code() == Code::kTimeout)
    access_ = authenticator_.by_request(upgrade_, client_);
  RETURN_IF_ERROR(access_);
  Caller& caller = command.options.caller;
  if (!command.credentials.user_id.empty()) caller.user_id = command.credentials.user_id;
  if (!command.credentials.application_id.empty()) {
    caller.application_id = command.credentials.application_id;
  }
  return authorize(*access_, caller);
}

void StreamSession::start(StartCommand command) {
  if (recording_) {
    send_error("start", Status(Code::kBadParameter,
                               "start: recording " + recording_->id() + " is not stopped yet"));
    return;
  }
  idle_ = Idle::kFailed;  // the audio that follows belongs to this start, whatever becomes of it
  if (const Status admitted = admit(command); !admitted.ok()) return send_error("start", admitted);
  RecordingRequest recording_request;
  recording_request.interface_name = "stream";
  recording_request.options = std::move(command.options);
  recording_request.params = std::move(command.params);
  recording_request.audio = command.audio;
  recording_request.stop_at_silence = command.stop_at_silence;
  recording_request.silence_s = command.silence_s;
  recording_request.on_partial = [send = send_](const object& envelope) {
    send(json_text(envelope));
  };
  begin(std::move(recording_request));
}

void StreamSession::begin(RecordingRequest recording_request) {
  const std::string token_id = recording_request.options.caller.token_id;
  Result<std::unique_ptr<RecordingSession>> recording =
      service_.begin(std::move(recording_request));
  if (!recording.ok()) {
    object text{{"cmd", "start"}, {"tokenId", token_id}};
    add_status(text, recording.status());
    text["eof"] = 1;
    send_(json_text(text));
    return;
  }
  recording_ = *std::move(recording);
  told_misplaced_audio_ = false;
  send_(json_text(object{{"cmd", "start"}, {"recordId", recording_->id()}, {"tokenId", token_id}}));
}

void StreamSession::on_binary(std::string bytes) {
  if (!recording_) {
    if (idle_ != Idle::kNotStarted || told_misplaced_audio_) return;
    told_misplaced_audio_ = true;  // once: its sender may be in the middle of a recording
    send_error("", Status(Code::kBadParameter, "audio", "a start must come before it"));
    return;
  }
  const Result<RecordingSession::Heard> heard =
      recording_->append(std::as_bytes(std::span(bytes.data(), bytes.size())));
  if (!heard.ok()) {
    send_refusal(*recording_, heard.status());
    recording_.reset();
    idle_ = Idle::kFailed;
    return;
  }
  if (*heard == RecordingSession::Heard::kGoOn) return;
  finish("auto");
  if (idle_ == Idle::kNotStarted) idle_ = Idle::kStoppedBySelf;
}

void StreamSession::stop() {
  if (recording_) {
    finish("manual");
  } else if (idle_ == Idle::kNotStarted) {
    send_error("stop", Status(Code::kBadParameter, "stop: no recording was started"));
  }
  idle_ = Idle::kNotStarted;
}

void StreamSession::finish(const char* stop_type) {
  const std::unique_ptr<RecordingSession> recording = std::move(recording_);
  idle_ = Idle::kNotStarted;
  // Its callback may come before finish() returns; the acknowledgement goes first all the same.
  struct Order {
    std::mutex mutex;
    bool acknowledged = false;
    std::string waiting;
  };
  const auto order = std::make_shared<Order>();
  const Status finished = recording->finish([order, send = send_](const Answer& answer) {
    std::string text = json_text(answer.envelope);
    const std::lock_guard lock(order->mutex);
    if (order->acknowledged) {
      send(std::move(text));
    } else {
      order->waiting = std::move(text);
    }
  });
  if (!finished.ok()) {
    send_refusal(*recording, finished);
    return;
  }
  send_(json_text(object{{"cmd", "stop"}, {"recordId", recording->id()}, {"stopType", stop_type}}));
  const std::lock_guard lock(order->mutex);
  order->acknowledged = true;
  if (!order->waiting.empty()) send_(std::move(order->waiting));
}

void StreamSession::on_close() { recording_.reset(); }

}  // namespace saywell
