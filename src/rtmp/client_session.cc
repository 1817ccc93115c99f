#include "rtmp/client_session.h"

namespace saywell::rtmp {

ClientSession::ClientSession(const Limits& limits, std::uint64_t seed)
    : limits_(limits), handshake_(seed), link_(limits) {
  handshake_.start(link_.output());
}

void ClientSession::feed(ByteView bytes) {
  if (handshaken_) {
    link_.feed(bytes);
  } else {
    handshake_input_ = bytes;
  }
}

void ClientSession::take_output(Bytes& into) {
  into.clear();
  into.swap(link_.output());
}

Result<std::optional<ClientEvent>> ClientSession::next() {
  if (!failure_.ok()) return failure_;
  if (!handshaken_) {
    const Result<bool> over = handshake_.take(handshake_input_, link_.output());
    if (!over.ok()) {
      failure_ = over.status();
      return failure_;
    }
    if (!*over) return MaybeEvent();
    handshaken_ = true;
    link_.feed(handshake_input_);
    handshake_input_ = {};
    return MaybeEvent(HandshakeDone());
  }
  for (;;) {
    const Result<std::optional<Message>> message = link_.next();
    if (!message.ok()) {
      failure_ = message.status();
      return failure_;
    }
    if (!message->has_value()) return MaybeEvent();
    if (MaybeEvent event = take_message(**message)) return event;
  }
}

// Messages that cannot be read are ignored: a server may send more than a client knows.
ClientSession::MaybeEvent ClientSession::take_message(const Message& message) {
  if (message.skipped) return std::nullopt;
  switch (message.type) {
    case MessageType::kAudio:
      return ServerAudio{message.stream_id, message.timestamp_ms, message.payload};
    case MessageType::kUserControl: {
      const auto event = static_cast<UserControl>(read_big_endian(message.payload.first(2)));
      if (event != UserControl::kStreamEof) return std::nullopt;
      return StreamEnded{read_u32(message.payload.subspan(2))};
    }
    case MessageType::kData: {
      Result<std::vector<Amf0Value>> values = parse_values(message.payload, limits_);
      if (!values.ok()) return std::nullopt;
      return ServerData{message.stream_id, message.timestamp_ms, *std::move(values)};
    }
    case MessageType::kCommand: {
      Result<Command> command = parse_command(message.payload, limits_);
      if (!command.ok()) return std::nullopt;
      return take_command(message.stream_id, *std::move(command));
    }
    default:
      return std::nullopt;
  }
}

ClientSession::MaybeEvent ClientSession::take_command(std::uint32_t stream_id, Command command) {
  if (command.name == "_result" || command.name == "_error") {
    return Reply{command.transaction, command.name == "_result", std::move(command.arguments)};
  }
  const Amf0Object* info = command.name == "onStatus" ? command.object(1) : nullptr;
  if (!info) return ServerCommand{stream_id, std::move(command)};
  const Amf0Value* code = info->find("code");
  return ServerStatus{stream_id, code && code->string() ? *code->string() : "", *info};
}

double ClientSession::send_call(std::uint32_t stream_id, std::string_view name,
                                std::vector<Amf0Value> arguments) {
  last_transaction_ += 1;
  link_.send_command({std::string(name), last_transaction_, std::move(arguments)}, stream_id);
  return last_transaction_;
}

double ClientSession::connect(std::string_view app, std::string_view tc_url,
                              const Amf0Object& extra) {
  link_.send_window_ack_size(limits_.ack_window_bytes);
  link_.send_chunk_size(limits_.send_chunk_bytes);
  Amf0Object object;
  object.add("app", app);
  object.add("tcUrl", tc_url);
  object.add("type", "nonprivate");
  object.add("flashVer", "FMLE/3.0 (compatible; Saywell)");
  object.add("objectEncoding", 0.0);
  for (const auto& [name, value] : extra.members) object.add(name, value);
  return send_call(0, "connect", {std::move(object)});
}

double ClientSession::create_stream() { return call("createStream", {}); }

double ClientSession::call(std::string_view name, std::vector<Amf0Value> arguments) {
  arguments.insert(arguments.begin(), Amf0Value::null());
  return send_call(0, name, std::move(arguments));
}

void ClientSession::publish(std::uint32_t stream_id, std::string_view name, std::string_view kind) {
  send_call(stream_id, "publish", {Amf0Value::null(), name, kind});
}

void ClientSession::play(std::uint32_t stream_id, std::string_view name, double start_ms) {
  send_call(stream_id, "play", {Amf0Value::null(), name, start_ms});
}

void ClientSession::pause(std::uint32_t stream_id, bool pause, double time_ms) {
  send_call(stream_id, "pause", {Amf0Value::null(), pause, time_ms});
}

void ClientSession::seek(std::uint32_t stream_id, double time_ms) {
  send_call(stream_id, "seek", {Amf0Value::null(), time_ms});
}

void ClientSession::delete_stream(std::uint32_t stream_id) {
  send_call(0, "deleteStream", {Amf0Value::null(), static_cast<double>(stream_id)});
}

void ClientSession::send_audio(std::uint32_t stream_id, std::uint32_t timestamp_ms,
                               ByteView payload) {
  link_.send(MessageType::kAudio, stream_id, timestamp_ms, payload);
}

void ClientSession::send_data(std::uint32_t stream_id, const std::vector<Amf0Value>& values) {
  Bytes payload;
  for (const Amf0Value& value : values) append_amf0(value, payload);
  link_.send(MessageType::kData, stream_id, 0, payload);
}

}  // namespace saywell::rtmp
