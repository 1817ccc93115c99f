// The conversation on /v1/stream: connect, start, audio, stop (docs/api.md), without the socket.
#pragma once

#include <memory>
#include <string>

#include "server/authenticator.h"
#include "server/recording/recording_service.h"
#include "server/websocket/websocket_handler.h"

namespace saywell {

// Recordings follow one another; the next may start before the last result is in. Whatever a client
// sends, it is answered with a code, and the connection stays usable.
class StreamSession : public WebSocketHandler {
 public:
  // `service` and `authenticator` must outlive it. A token of the upgrade request signs in
  // at once.
  StreamSession(RecordingService& service, const Authenticator& authenticator,
                const HttpRequest& upgrade, SendText send);

  void on_text(std::string text) override;
  void on_binary(std::string bytes) override;
  void on_close() override;

 private:
  enum class Idle {
    kNotStarted,     // audio does not belong here
    kStoppedBySelf,  // its rest is still on the way, and so is the client's stop
    kFailed          // likewise; and told already
  };

  void connect(const ConnectCommand& command);
  void start(StartCommand command);
  Status admit(StartCommand& command);
  void begin(RecordingRequest recording_request);
  void stop();
  void finish(const char* stop_type);
  Status sign_in(const Credentials& credentials);
  void send_error(const std::string& cmd, const Status& status);
  void send_refusal(const RecordingSession& recording, const Status& status);

  RecordingService& service_;
  const Authenticator& authenticator_;
  const SendText send_;
  const HttpRequest upgrade_;
  const Authenticator::Client client_;
  Result<Access> access_;
  std::unique_ptr<RecordingSession> recording_;
  Idle idle_ = Idle::kNotStarted;
  bool told_misplaced_audio_ = false;
};

}  // namespace saywell
