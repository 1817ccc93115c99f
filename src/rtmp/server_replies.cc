// The half of ServerSession that writes.
#include <string>

#include "rtmp/server_session.h"

namespace saywell::rtmp {
namespace {

// The description of a stream's status repeats a name from outside; a long one is cut.
constexpr std::size_t kMaxDescriptionBytes = 1024;

StatusObject status(std::string_view level, std::string_view code, std::string_view description,
                    const Amf0Object& extra = {}) {
  return {std::string(level), std::string(code),
          std::string(description.substr(0, kMaxDescriptionBytes)), extra};
}

}  // namespace

void ServerSession::send_result(double transaction, std::vector<Amf0Value> values) {
  if (transaction == 0) return;
  link_.send_command({"_result", transaction, std::move(values)}, 0);
}

void ServerSession::send_error(double transaction, const StatusObject& status) {
  if (transaction == 0) return;
  link_.send_command({"_error", transaction, {Amf0Value::null(), status.to_amf0()}}, 0);
}

void ServerSession::accept_connect(const ConnectRequest& request, const Amf0Object& extra) {
  if (phase_ != Phase::kConnect) return;
  phase_ = Phase::kOpen;
  link_.send_window_ack_size(limits_.ack_window_bytes);
  link_.send_peer_bandwidth(limits_.ack_window_bytes);
  link_.send_chunk_size(limits_.send_chunk_bytes);
  link_.send_user_control(UserControl::kStreamBegin, 0);
  Amf0Object server;
  server.add("fmsVer", "FMS/5,0,3,3029");
  server.add("capabilities", 255.0);
  server.add("mode", 1.0);
  StatusObject info =
      status("status", "NetConnection.Connect.Success", "Connection succeeded.", extra);
  info.extra.add("objectEncoding", 0.0);
  link_.send_command({"_result", request.transaction, {std::move(server), info.to_amf0()}}, 0);
}

void ServerSession::reject_connect(const ConnectRequest& request, std::string_view description,
                                   const Amf0Object& extra) {
  phase_ = Phase::kRejected;
  const StatusObject info = status("error", "NetConnection.Connect.Rejected", description, extra);
  link_.send_command({"_error", request.transaction, {Amf0Value::null(), info.to_amf0()}}, 0);
}

void ServerSession::accept_publish(const PublishRequest& request, const Amf0Object& extra) {
  Stream* stream = find_stream(request.stream_id);
  if (!stream || stream->mode != Mode::kIdle) return;
  stream->mode = Mode::kPublishing;
  link_.send_user_control(UserControl::kStreamBegin, request.stream_id);
  send_status(request.stream_id,
              status("status", "NetStream.Publish.Start", request.name + " is published.", extra));
}

void ServerSession::refuse_publish(const PublishRequest& request, std::string_view code,
                                   std::string_view description, const Amf0Object& extra) {
  if (find_stream(request.stream_id)) {
    send_status(request.stream_id, status("error", code, description, extra));
  }
}

void ServerSession::stop_publish(std::uint32_t stream_id) {
  Stream* stream = find_stream(stream_id);
  if (!stream || stream->mode != Mode::kPublishing) return;
  stream->mode = Mode::kIdle;
  stream->clock = TimestampUnwrapper();
  send_status(stream_id, status("status", "NetStream.Unpublish.Success", "Publishing has ended."));
}

void ServerSession::begin_play(const PlayRequest& request) {
  Stream* stream = find_stream(request.stream_id);
  if (!stream || stream->mode == Mode::kPublishing) return;
  stream->mode = Mode::kPlaying;
  link_.send_user_control(UserControl::kStreamIsRecorded, request.stream_id);
  link_.send_user_control(UserControl::kStreamBegin, request.stream_id);
  if (request.reset) {
    send_status(request.stream_id,
                status("status", "NetStream.Play.Reset", "Playing and resetting " + request.name));
  }
  send_status(request.stream_id,
              status("status", "NetStream.Play.Start", "Started playing " + request.name));
  send_data(request.stream_id, 0, {"|RtmpSampleAccess", true, true});
}

void ServerSession::refuse_play(const PlayRequest& request, std::string_view code,
                                std::string_view description, const Amf0Object& extra) {
  if (find_stream(request.stream_id)) {
    send_status(request.stream_id, status("error", code, description, extra));
  }
}

void ServerSession::send_audio(std::uint32_t stream_id, std::uint32_t timestamp_ms,
                               ByteView payload) {
  const Stream* stream = find_stream(stream_id);
  if (stream && stream->mode == Mode::kPlaying) {
    link_.send(MessageType::kAudio, stream_id, timestamp_ms, payload);
  }
}

void ServerSession::send_data(std::uint32_t stream_id, std::uint32_t timestamp_ms,
                              const std::vector<Amf0Value>& values) {
  if (!find_stream(stream_id)) return;
  Bytes payload;
  for (const Amf0Value& value : values) append_amf0(value, payload);
  link_.send(MessageType::kData, stream_id, timestamp_ms, payload);
}

void ServerSession::end_play(std::uint32_t stream_id, std::int64_t end_ms) {
  const Stream* stream = find_stream(stream_id);
  if (!stream || stream->mode != Mode::kPlaying) return;
  StatusObject complete = status("status", "NetStream.Play.Complete", "");
  complete.extra.add("duration", static_cast<double>(end_ms) / 1000.0);
  send_data(stream_id, static_cast<std::uint32_t>(end_ms), {"onPlayStatus", complete.to_amf0()});
  link_.send_user_control(UserControl::kStreamEof, stream_id);
  stop_play(stream_id);
}

void ServerSession::stop_play(std::uint32_t stream_id) {
  Stream* stream = find_stream(stream_id);
  if (!stream || stream->mode != Mode::kPlaying) return;
  stream->mode = Mode::kIdle;
  send_status(stream_id, status("status", "NetStream.Play.Stop", "Stopped playing."));
}

void ServerSession::confirm_pause(const PauseRequest& request) {
  if (!find_stream(request.stream_id)) return;
  send_status(request.stream_id,
              request.pause ? status("status", "NetStream.Pause.Notify", "Paused.")
                            : status("status", "NetStream.Unpause.Notify", "Playing again."));
}

void ServerSession::confirm_seek(const SeekRequest& request) {
  if (!find_stream(request.stream_id)) return;
  link_.send_user_control(UserControl::kStreamBegin, request.stream_id);
  send_status(request.stream_id, status("status", "NetStream.Seek.Notify", "Seeking."));
  send_status(request.stream_id, status("status", "NetStream.Play.Start", "Started playing."));
}

void ServerSession::refuse_seek(const SeekRequest& request, std::string_view description) {
  if (!find_stream(request.stream_id)) return;
  send_status(request.stream_id, status("error", "NetStream.Seek.InvalidTime", description));
}

void ServerSession::send_status(std::uint32_t stream_id, const StatusObject& status) {
  link_.send_command({"onStatus", 0, {Amf0Value::null(), status.to_amf0()}}, stream_id);
}

void ServerSession::reply(const Call& call, const Amf0Value& value) {
  send_result(call.command.transaction, {Amf0Value::null(), value});
}

void ServerSession::reply_error(const Call& call, std::string_view code,
                                std::string_view description, const Amf0Object& extra) {
  send_error(call.command.transaction, status("error", code, description, extra));
}

void ServerSession::send_command(std::uint32_t stream_id, std::string_view name,
                                 std::vector<Amf0Value> arguments) {
  Command command{std::string(name), 0, {Amf0Value::null()}};
  for (Amf0Value& argument : arguments) command.arguments.push_back(std::move(argument));
  link_.send_command(command, stream_id);
}

}  // namespace saywell::rtmp
