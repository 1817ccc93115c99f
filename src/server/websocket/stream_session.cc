#include "server/websocket/stream_session.h"

#include <mutex>
#include <utility>

#include "format/json_text.h"
#include "server/answers.h"

namespace saywell {

using boost::json::object;

StreamSession::StreamSession(RecordingService& service, const Authenticator& authenticator,
                             const HttpRequest& upgrade, SendText send)
    : service_(service), authenticator_(authenticator), send_(std::move(send)) {
  const Result<SignIn> signed_in = authenticator_.by_request(upgrade);
  signed_in_ = signed_in.ok() && signed_in->accepted;
  if (signed_in_) access_ = signed_in->access;
  const Result<bool> open = authenticator_.is_open();
  open_ = open.ok() && *open;
}

void StreamSession::send_error(const std::string& cmd, int code, const std::string& message) {
  object text{{"errID", code}, {"error", message}, {"eof", 1}};
  if (!cmd.empty()) text["cmd"] = cmd;
  send_(json_text(text));
}

void StreamSession::send_error(const std::string& cmd, const Status& status) {
  send_error(cmd, status.number(), status.message());
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

bool StreamSession::sign_in(const Credentials& credentials) {
  const Result<SignIn> result = authenticator_.by_credentials(credentials);
  if (!result.ok()) {
    send_error("connect", result.status());
    return false;
  }
  if (!result->accepted) {
    send_error("connect", kNotSignedIn, "Not signed in: " + result->refusal);
    return false;
  }
  access_ = result->access;
  signed_in_ = true;
  return true;
}

void StreamSession::connect(const ConnectCommand& command) {
  if (sign_in(command.credentials)) {
    send_(json_text(object{{"cmd", "connect"}, {"applicationId", access_.application_id}}));
  }
}

void StreamSession::start(StartCommand command) {
  if (recording_) {
    send_error("start", Status(Code::kBadParameter,
                               "start: recording " + recording_->id() + " is not stopped yet"));
    return;
  }
  idle_ = Idle::kFailed;  // the audio that follows belongs to this start, whatever becomes of it
  if (!command.credentials.empty() && !sign_in(command.credentials)) return;
  if (!signed_in_) {
    send_error("start", kNotSignedIn, "Not signed in: connect with a sig or a token first");
    return;
  }
  Caller& caller = command.options.caller;
  if (!command.credentials.user_id.empty()) caller.user_id = command.credentials.user_id;
  if (!command.credentials.application_id.empty()) {
    caller.application_id = command.credentials.application_id;
  }
  if (const auto refused = authorize(access_, open_, caller)) {
    send_error("start", kNotAllowed, "Not allowed: " + *refused);
    return;
  }
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
    object text{{"cmd", "start"},
                {"tokenId", token_id},
                {"errID", recording.status().number()},
                {"error", recording.status().message()},
                {"eof", 1}};
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
    send_error("", Status(Code::kBadParameter, "audio: a start must come before it"));
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
