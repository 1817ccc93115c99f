#include "rtmp/server_session.h"

#include <algorithm>
#include <array>
#include <string>

namespace saywell::rtmp {
namespace {

constexpr std::int64_t kBytesPerWork = 64;
constexpr std::size_t kTagHeaderBytes = 11;
constexpr std::size_t kTagSizeBytes = 4;

IgnoredMessage ignored(std::uint32_t stream_id, std::string why) {
  return IgnoredMessage{stream_id, Status(Code::kBadParameter, std::move(why))};
}

// Clients that asked for AMF3 write one byte 0 in front of AMF0.
ByteView without_amf3_mark(const Message& message) {
  const bool amf3 =
      message.type == MessageType::kCommandAmf3 || message.type == MessageType::kDataAmf3;
  const bool marked = amf3 && !message.payload.empty() && message.payload[0] == std::byte{0};
  return marked ? message.payload.subspan(1) : message.payload;
}

std::string query_of_url(const std::string& url) { return split_query(url).query; }

}  // namespace

void ServerSession::feed(ByteView bytes) {
  if (phase_ == Phase::kHandshake) {
    handshake_input_ = bytes;
  } else {
    link_.feed(bytes);
  }
}

void ServerSession::allow_work(std::int64_t elapsed_ms) {
  // A long pause fills the budget and no more; the bound keeps the product in range.
  const std::int64_t elapsed = std::clamp<std::int64_t>(elapsed_ms, 0, 1'000'000);
  const std::int64_t thousandths = elapsed * limits_.work_per_s + work_rest_;
  work_rest_ = thousandths % 1000;
  link_.reader().allow_work(thousandths / 1000);
}

void ServerSession::take_output(Bytes& into) {
  into.clear();
  into.swap(link_.output());
}

bool ServerSession::publishing() const {
  return std::any_of(streams_.begin(), streams_.end(),
                     [](const Stream& stream) { return stream.mode == Mode::kPublishing; });
}

ServerSession::Stream* ServerSession::find_stream(std::uint32_t id) {
  const auto found = std::find_if(streams_.begin(), streams_.end(),
                                  [id](const Stream& stream) { return stream.id == id; });
  return found == streams_.end() ? nullptr : &*found;
}

Result<std::optional<ServerEvent>> ServerSession::next() {
  if (!failure_.ok()) return failure_;
  if (phase_ == Phase::kHandshake) {
    const std::size_t before = handshake_input_.size();
    const Result<bool> over = handshake_.take(handshake_input_, link_.output());
    handshake_bytes_ += before - handshake_input_.size();
    if (!over.ok()) {
      failure_ = over.status();
      return failure_;
    }
    if (!*over) return MaybeEvent();
    phase_ = Phase::kConnect;
    link_.feed(handshake_input_);
    handshake_input_ = {};
  }
  for (;;) {
    if (MaybeEvent event = next_of_aggregate()) return event;
    const Result<std::optional<Message>> message = link_.next();
    if (!message.ok()) {
      failure_ = message.status();
      return failure_;
    }
    if (!message->has_value()) return MaybeEvent();
    Result<MaybeEvent> event = take_message(**message);
    if (!event.ok()) failure_ = event.status();
    if (!event.ok() || event->has_value()) return event;
  }
}

Result<ServerSession::MaybeEvent> ServerSession::take_message(const Message& message) {
  if (phase_ == Phase::kRejected) return MaybeEvent();
  switch (message.type) {
    case MessageType::kAudio:
      if (message.skipped) break;
      return take_audio(message.stream_id, message.timestamp_ms, message.payload);
    case MessageType::kAggregate:
      if (message.skipped) break;
      aggregate_ = message.payload;
      aggregate_stream_id_ = message.stream_id;
      if (message.payload.size() >= kTagHeaderBytes) {
        const std::uint32_t first = read_u24(message.payload.subspan(4)) |
                                    std::to_integer<std::uint32_t>(message.payload[7]) << 24;
        aggregate_shift_ms_ = message.timestamp_ms - first;
      }
      return MaybeEvent();
    case MessageType::kData:
    case MessageType::kDataAmf3: {
      if (message.skipped) break;
      link_.reader().spend_work(message.length_bytes / kBytesPerWork);
      Result<std::vector<Amf0Value>> values = parse_values(without_amf3_mark(message), limits_);
      if (!values.ok()) return MaybeEvent(IgnoredMessage{message.stream_id, values.status()});
      return MaybeEvent(DataMessage{message.stream_id, message.timestamp_ms, *std::move(values)});
    }
    case MessageType::kCommand:
    case MessageType::kCommandAmf3: {
      if (message.skipped) break;
      link_.reader().spend_work(message.length_bytes / kBytesPerWork);
      Result<Command> command = parse_command(without_amf3_mark(message), limits_);
      if (!command.ok()) return MaybeEvent(IgnoredMessage{message.stream_id, command.status()});
      return take_command(message.stream_id, *std::move(command));
    }
    default:
      return MaybeEvent();  // video and other types that the recording server does not use
  }
  return MaybeEvent(ignored(message.stream_id,
                            "a message of type " + std::to_string(static_cast<int>(message.type)) +
                                " with " + std::to_string(message.length_bytes) + " bytes"));
}

ServerSession::MaybeEvent ServerSession::take_audio(std::uint32_t stream_id,
                                                    std::uint32_t timestamp_ms, ByteView payload) {
  Stream* stream = find_stream(stream_id);
  if (!stream || stream->mode != Mode::kPublishing) return std::nullopt;
  return AudioMessage{stream_id, timestamp_ms, stream->clock.unwrap(timestamp_ms), payload};
}

// Returns the audio of an aggregate message (FLV tags in one message), one tag at a time. A tag
// that is cut off ends it.
ServerSession::MaybeEvent ServerSession::next_of_aggregate() {
  while (aggregate_.size() >= kTagHeaderBytes) {
    const ByteView header = aggregate_.first(kTagHeaderBytes);
    const std::size_t length = read_u24(header.subspan(1));
    ByteView rest = aggregate_.subspan(kTagHeaderBytes);
    if (rest.size() < length) break;
    const ByteView payload = rest.first(length);
    rest = rest.subspan(length);
    aggregate_ = rest.subspan(std::min(rest.size(), kTagSizeBytes));
    link_.reader().spend_work(1);
    const std::uint32_t timestamp_ms =
        read_u24(header.subspan(4)) | std::to_integer<std::uint32_t>(header[7]) << 24;
    if (static_cast<MessageType>(header[0]) != MessageType::kAudio) continue;
    MaybeEvent event =
        take_audio(aggregate_stream_id_, timestamp_ms + aggregate_shift_ms_, payload);
    if (event) return event;
  }
  aggregate_ = {};
  return std::nullopt;
}

Result<ServerSession::MaybeEvent> ServerSession::take_command(std::uint32_t stream_id,
                                                              Command command) {
  if (phase_ == Phase::kConnect) {
    if (command.name == "connect") return take_connect(std::move(command));
    return MaybeEvent(ignored(stream_id, "'" + command.name.substr(0, 64) + "' before connect"));
  }
  if (command.name == "connect") return MaybeEvent(ignored(stream_id, "a second connect"));
  if (command.name == "createStream") return create_stream(command);
  if (command.name == "deleteStream") return close_stream(stream_to_delete(command), true);
  if (command.name == "closeStream") return close_stream(stream_id, false);
  if (answer_routine_call(stream_id, command)) return MaybeEvent();
  static constexpr std::array<std::string_view, 5> kOfStreams = {"publish", "play", "pause",
                                                                 "pauseRaw", "seek"};
  if (std::find(kOfStreams.begin(), kOfStreams.end(), command.name) != kOfStreams.end()) {
    Stream* stream = find_stream(stream_id);
    if (stream) return take_stream_command(*stream, command);
    return MaybeEvent(ignored(stream_id, "'" + command.name + "' on a stream that is not there"));
  }
  return MaybeEvent(Call{stream_id, std::move(command)});
}

Result<ServerSession::MaybeEvent> ServerSession::take_connect(Command command) {
  ConnectRequest request;
  request.transaction = command.transaction;
  if (command.object(0)) request.object = *command.object(0);
  const auto text = [&](std::string_view name) {
    const Amf0Value* value = request.object.find(name);
    return value && value->string() ? *value->string() : std::string();
  };
  const std::string app = text("app");
  request.tc_url = text("tcUrl");
  if (app.size() > limits_.max_name_bytes || request.tc_url.size() > limits_.max_name_bytes) {
    return Status(Code::kBadParameter, "connect: app or tcUrl is longer than " +
                                           std::to_string(limits_.max_name_bytes) + " bytes");
  }
  NameAndQuery parts = split_query(app);
  request.app = std::move(parts.name);
  request.query = parts.query.empty() ? query_of_url(request.tc_url) : std::move(parts.query);
  const Amf0Value* encoding = request.object.find("objectEncoding");
  if (encoding) request.object_encoding = encoding->number().value_or(0);
  if (!command.arguments.empty()) command.arguments.erase(command.arguments.begin());
  request.more = std::move(command.arguments);
  return MaybeEvent(std::move(request));
}

ServerSession::MaybeEvent ServerSession::create_stream(const Command& command) {
  if (streams_.size() >= limits_.max_streams) {
    send_error(command.transaction,
               {"error", "NetConnection.Call.Failed", "Too many streams are open.", {}});
    return ignored(
        0, "createStream: more than " + std::to_string(limits_.max_streams) + " streams are open");
  }
  Stream stream;
  stream.id = 1;
  while (find_stream(stream.id)) ++stream.id;
  streams_.push_back(stream);
  send_result(command.transaction, {Amf0Value::null(), static_cast<double>(stream.id)});
  return StreamCreated{stream.id};
}

// 0 when the stream is unknown. GStreamer 1.22 sends the stream's name as its id: if only one
// stream is open, that one is meant.
std::uint32_t ServerSession::stream_to_delete(const Command& command) const {
  const std::optional<double> id = command.number(1);
  if (id) return *id >= 1 && *id <= 0xFFFFFFFF ? static_cast<std::uint32_t>(*id) : 0;
  return streams_.size() == 1 ? streams_.front().id : 0;
}

ServerSession::MaybeEvent ServerSession::close_stream(std::uint32_t stream_id, bool remove) {
  Stream* stream = find_stream(stream_id);
  if (!stream) return ignored(stream_id, "the stream to close is not there");
  StreamClosed closed;
  closed.stream_id = stream_id;
  closed.was_publishing = stream->mode == Mode::kPublishing;
  closed.was_playing = stream->mode == Mode::kPlaying;
  closed.deleted = remove;
  *stream = Stream();
  stream->id = stream_id;
  if (remove) streams_.erase(streams_.begin() + (stream - streams_.data()));
  return closed;
}

ServerSession::MaybeEvent ServerSession::take_stream_command(Stream& stream,
                                                             const Command& command) {
  if (command.name == "publish") return take_publish(stream, command);
  if (command.name == "play") return take_play(stream, command);
  if (stream.mode != Mode::kPlaying) {
    return ignored(stream.id, "'" + command.name + "' on a stream that does not play");
  }
  if (command.name == "seek") return SeekRequest{stream.id, command.number(1).value_or(0)};
  return PauseRequest{stream.id, command.boolean(1).value_or(true), command.number(2).value_or(0)};
}

ServerSession::MaybeEvent ServerSession::take_publish(Stream& stream, const Command& command) {
  if (command.boolean(1) == false) return close_stream(stream.id, false);
  PublishRequest request;
  request.stream_id = stream.id;
  const std::string* name = command.string(1);
  if (!name || name->size() > limits_.max_name_bytes || stream.mode != Mode::kIdle) {
    const std::string why = !name                        ? "publish: the stream has no name"
                            : stream.mode != Mode::kIdle ? "publish: the stream is in use"
                                                         : "publish: the name is too long";
    refuse_publish(request, "NetStream.Publish.BadName", why);
    return ignored(stream.id, why);
  }
  NameAndQuery parts = split_query(*name);
  request.name = std::move(parts.name);
  request.query = std::move(parts.query);
  if (command.string(2)) request.kind = *command.string(2);
  return request;
}

ServerSession::MaybeEvent ServerSession::take_play(Stream& stream, const Command& command) {
  PlayRequest request;
  request.stream_id = stream.id;
  const std::string* name = command.string(1);
  if (!name || name->size() > limits_.max_name_bytes || stream.mode == Mode::kPublishing) {
    const std::string why = !name                              ? "play: the stream has no name"
                            : stream.mode == Mode::kPublishing ? "play: the stream is publishing"
                                                               : "play: the name is too long";
    refuse_play(request, "NetStream.Play.Failed", why);
    return ignored(stream.id, why);
  }
  NameAndQuery parts = split_query(*name);
  request.name = std::move(parts.name);
  request.query = std::move(parts.query);
  request.start_ms = command.number(2).value_or(request.start_ms);
  request.duration_ms = command.number(3).value_or(request.duration_ms);
  request.reset = command.boolean(4).value_or(true);
  return request;
}

// Calls that publishing and playing clients make as a routine, and whose answers they wait for.
bool ServerSession::answer_routine_call(std::uint32_t stream_id, const Command& command) {
  static constexpr std::array<std::string_view, 6> kRoutine = {
      "releaseStream", "FCPublish", "FCUnpublish", "FCSubscribe", "FCUnsubscribe", "_checkbw"};
  if (std::find(kRoutine.begin(), kRoutine.end(), command.name) == kRoutine.end()) return false;
  send_result(command.transaction, {Amf0Value::null(), Amf0Value()});
  const std::string* name = command.string(1);
  const std::string_view description = name ? std::string_view(*name).substr(0, 256) : "";
  const auto tell = [&](std::string_view event, std::string code) {
    const StatusObject status{"status", std::move(code), std::string(description), {}};
    send_command(stream_id, event, {status.to_amf0()});
  };
  if (command.name == "FCPublish") tell("onFCPublish", "NetStream.Publish.Start");
  if (command.name == "FCUnpublish") tell("onFCUnpublish", "NetStream.Unpublish.Success");
  if (command.name == "FCSubscribe") tell("onFCSubscribe", "NetStream.Play.Start");
  return true;
}

}  // namespace saywell::rtmp
