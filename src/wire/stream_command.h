// The text messages of the WebSocket protocol (docs/api.md): connect, start, stop.
//
//   {"cmd": "connect", "param": {"sdk": {…}, "app": {"applicationId", "sig", "timestamp"}}}
//   {"cmd": "start", "param": {"app": {"userId"}, "audio": {"audioType", "sampleRate", …},
//                              "request": {"refText", …}, "vadEnable": 1}}
//   {"cmd": "stop"}
//
// Pure; callable from any thread.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>
#include <variant>

#include "format/request_json.h"
#include "saywell/status.h"

namespace saywell {

// An application's proof of identity: a token, or the signature of its id, the time and its secret.
struct Credentials {
  std::string application_id;
  std::string user_id;
  std::string signature;  // hexadecimal SHA-1 or SHA-256
  std::string timestamp;  // as it was signed
  std::string token;

  bool empty() const { return signature.empty() && token.empty(); }
};

// A client's declaration of its audio. Containers are recognised by their content; the figures
// apply to samples without a container.
struct DeclaredAudio {
  std::string type = "pcm";
  int sample_rate_hz = 16000;
  int channels = 1;
  int sample_bytes = 2;
};

struct ConnectCommand {
  Credentials credentials;
};

struct StartCommand {
  Credentials credentials;  // may be empty: those of "connect" apply
  DeclaredAudio audio;
  RequestOptions options;
  boost::json::object params;    // the request as it came
  bool stop_at_silence = false;  // vadEnable
  double silence_s = 1.2;        // vadSilenceMs
};

struct StopCommand {};

using StreamCommand = std::variant<ConnectCommand, StartCommand, StopCommand>;

// Code 40031 names the mistake: no JSON object, an unknown cmd, an unknown field, a value that is
// out of its range or of another type.
Result<StreamCommand> parse_stream_command(std::string_view text);

}  // namespace saywell
