#include "wire/stream_command.h"

#include <algorithm>
#include <array>
#include <boost/json/value.hpp>
#include <cmath>

#include "base/status_macros.h"
#include "format/json_text.h"
#include "text/unicode_text.h"

namespace saywell {
namespace {

using boost::json::object;
using boost::json::value;

constexpr std::array<std::string_view, 2> kVadFields = {"vadEnable", "vadSilenceMs"};
constexpr std::array<std::string_view, 17> kAudioTypes = {
    "pcm",  "wav", "mp3", "ogg",   "opus", "webm", "aac", "m4a", "mp4",
    "flac", "flv", "spx", "speex", "amr",  "mka",  "mkv", "3gp"};
constexpr std::size_t kMaxTextBytes = 512;

Status bad(std::string_view field, const std::string& what) {
  return Status(Code::kBadParameter, shortened(std::string(field), 60), what);
}

std::string quoted(const value& given) { return shortened(json_text(given), 60); }

Status read_text(std::string_view field, const value& given, std::string& target) {
  if (!given.is_string()) return bad(field, "a text is expected, not " + quoted(given));
  if (given.get_string().size() > kMaxTextBytes) return bad(field, "longer than 512 bytes");
  target = given.get_string();
  return Status();
}

// Signed as text, and sent as text or as a number.
Status read_timestamp(const value& given, std::string& target) {
  if (!given.is_int64() && !given.is_uint64()) return read_text("timestamp", given, target);
  target = json_text(given);
  return Status();
}

Status read_number(std::string_view field, const value& given, double least, double most,
                   double& target) {
  const double number = given.is_number() ? given.to_number<double>() : std::nan("");
  if (!(number >= least && number <= most)) {
    return bad(field, "a number from " + json_text(least) + " to " + json_text(most) +
                          " is expected, not " + quoted(given));
  }
  target = number;
  return Status();
}

Status read_whole(std::string_view field, const value& given, int least, int most, int& target) {
  double number = 0;
  RETURN_IF_ERROR(read_number(field, given, least, most, number));
  if (number != std::floor(number)) return bad(field, "a whole number is expected");
  target = static_cast<int>(number);
  return Status();
}

// The object `name` of `parent`, empty when there is none.
Result<object> sub_object(const object& parent, std::string_view name) {
  const value* found = parent.if_contains(name);
  if (found == nullptr) return object();
  if (!found->is_object()) return bad(name, "an object is expected, not " + quoted(*found));
  return found->get_object();
}

Result<Credentials> read_app(const object& app) {
  Credentials credentials;
  for (const auto& [name, given] : app) {
    std::string passed_over;
    std::string* target = nullptr;
    if (name == "applicationId") target = &credentials.application_id;
    if (name == "userId") target = &credentials.user_id;
    if (name == "sig") target = &credentials.signature;
    if (name == "timestamp") target = &credentials.timestamp;
    if (name == "token") target = &credentials.token;
    if (name == "alg" || name == "deviceId" || name == "clientId") target = &passed_over;
    if (target == nullptr) return bad("app." + std::string(name), "unknown field");
    RETURN_IF_ERROR(name == "timestamp" ? read_timestamp(given, *target)
                                        : read_text("app." + std::string(name), given, *target));
  }
  return credentials;
}

Status read_audio_type(const value& given, std::string& target) {
  RETURN_IF_ERROR(read_text("audioType", given, target));
  if (std::find(kAudioTypes.begin(), kAudioTypes.end(), target) != kAudioTypes.end()) return {};
  return bad("audioType", "unknown type " + quoted(given));
}

Status read_vad_field(std::string_view name, const value& given, StartCommand& start) {
  if (name == "vadSilenceMs") {
    double silence_ms = 0;
    Status read = read_number(name, given, 200, 10'000, silence_ms);
    start.silence_s = silence_ms / 1000;
    return read;
  }
  const bool number = given.is_number();
  if (!given.is_bool() && !(number && (given == 0 || given == 1))) {
    return bad(name, "true or false is expected, not " + quoted(given));
  }
  start.stop_at_silence = given.is_bool() ? given.get_bool() : given == 1;
  return Status();
}

bool is_vad_field(std::string_view name) {
  return std::find(kVadFields.begin(), kVadFields.end(), name) != kVadFields.end();
}

// vadEnable and vadSilenceMs stand, as clients have them, beside or in any of these objects.
Status read_vad_fields(const object& where, StartCommand& start) {
  for (const std::string_view name : kVadFields) {
    const value* given = where.if_contains(name);
    if (given == nullptr) continue;
    RETURN_IF_ERROR(read_vad_field(name, *given, start));
  }
  return Status();
}

Status read_audio(const object& audio, StartCommand& start) {
  DeclaredAudio& declared = start.audio;
  for (const auto& [name, given] : audio) {
    Status read;
    if (name == "audioType") {
      read = read_audio_type(given, declared.type);
    } else if (name == "sampleRate") {
      read = read_whole(name, given, 8000, 192'000, declared.sample_rate_hz);
    } else if (name == "channel") {
      read = read_whole(name, given, 1, 2, declared.channels);
    } else if (name == "sampleBytes") {
      read = read_whole(name, given, 2, 2, declared.sample_bytes);
    } else if (!is_vad_field(name)) {
      read = bad("audio." + std::string(name), "unknown field");
    }
    if (!read.ok()) return read;
  }
  return read_vad_fields(audio, start);
}

Status check_names(const object& given, std::initializer_list<std::string_view> known) {
  for (const auto& field : given) {
    const std::string_view name = field.key();
    if (std::find(known.begin(), known.end(), name) == known.end() && !is_vad_field(name)) {
      return bad(name, "unknown field");
    }
  }
  return Status();
}

Result<StreamCommand> read_start(const object& param) {
  StartCommand start;
  Status status = check_names(param, {"app", "audio", "request", "sdk", "vad"});
  if (!status.ok()) return status;
  ASSIGN_OR_RETURN(const object app, sub_object(param, "app"));
  ASSIGN_OR_RETURN(start.credentials, read_app(app));

  for (const std::string_view name : {"audio", "vad"}) {
    ASSIGN_OR_RETURN(const object audio, sub_object(param, name));
    if (status = read_audio(audio, start); !status.ok()) return status;
  }
  ASSIGN_OR_RETURN(object request, sub_object(param, "request"));
  if (status = read_vad_fields(param, start); !status.ok()) return status;
  if (status = read_vad_fields(request, start); !status.ok()) return status;
  ASSIGN_OR_RETURN(start.options, request_from_json(request, kVadFields));
  start.params = std::move(request);
  return StreamCommand(std::move(start));
}

Result<StreamCommand> read_connect(const object& param) {
  RETURN_IF_ERROR(check_names(param, {"app", "sdk"}));
  ASSIGN_OR_RETURN(const object app, sub_object(param, "app"));
  ASSIGN_OR_RETURN(Credentials credentials, read_app(app));
  return StreamCommand(ConnectCommand{std::move(credentials)});
}

}  // namespace

Result<StreamCommand> parse_stream_command(std::string_view text) {
  ASSIGN_OR_RETURN(const object message, parse_json_object(text));
  const value* cmd = message.if_contains("cmd");
  if (cmd == nullptr) return bad("cmd", "missing");
  RETURN_IF_ERROR(check_names(message, {"cmd", "param"}));
  ASSIGN_OR_RETURN(const object param, sub_object(message, "param"));
  if (*cmd == "connect") return read_connect(param);
  if (*cmd == "start") return read_start(param);
  if (*cmd == "stop") return StreamCommand(StopCommand{});
  return bad("cmd", "\"connect\", \"start\" or \"stop\" is expected, not " + quoted(*cmd));
}

}  // namespace saywell
