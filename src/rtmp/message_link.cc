#include "rtmp/message_link.h"

#include <algorithm>
#include <string>

namespace saywell::rtmp {
namespace {

constexpr std::byte kDynamicLimit{2};  // of Set Peer Bandwidth

Status broken(std::string what) {
  return Status(Code::kBadParameter, "RTMP control message: " + std::move(what));
}

}  // namespace

Result<std::optional<Message>> MessageLink::next() {
  for (;;) {
    if (!failure_.ok()) return failure_;
    if (output_.size() > limits_.max_pending_output_bytes) {
      failure_ = broken("the peer does not read its answers");
      return failure_;
    }
    const Result<std::optional<Message>> message = reader_.next();
    if (!message.ok() || !message->has_value()) return message;
    acknowledge();
    const Result<bool> done = take_control(**message);
    if (!done.ok()) {
      failure_ = done.status();
      return failure_;
    }
    if (!*done) return message;
  }
}

// Called at the end of a message, so that it does not depend on how the bytes were cut.
void MessageLink::acknowledge() {
  const std::uint64_t used = reader_.bytes_used();
  if (window_bytes_ == 0 || used - acknowledged_at_bytes_ < window_bytes_) return;
  acknowledged_at_bytes_ = used;
  Bytes payload;
  append_big_endian(payload, used & 0xFFFFFFFF, 4);
  send(MessageType::kAcknowledgement, 0, 0, payload);
}

// True when the message concerned the link alone.
Result<bool> MessageLink::take_control(const Message& message) {
  const bool is_user_control = message.type == MessageType::kUserControl;
  if (is_user_control) return take_user_control(message);
  if (message.type > MessageType::kSetPeerBandwidth || static_cast<int>(message.type) == 0) {
    return false;
  }
  if (message.payload.size() < 4) {
    return broken("type " + std::to_string(static_cast<int>(message.type)) + " in " +
                  std::to_string(message.payload.size()) + " bytes");
  }
  const std::uint32_t number = read_u32(message.payload);
  switch (message.type) {
    case MessageType::kSetChunkSize:
      if ((number & 0x7FFFFFFF) == 0) return broken("chunks of 0 bytes");
      set_peer_chunk_size(number);
      break;
    case MessageType::kAbort:
      reader_.abort(number);
      break;
    case MessageType::kAcknowledgement:
      acknowledged_bytes_ = number;
      break;
    case MessageType::kWindowAckSize:
      window_bytes_ = std::max(number, limits_.min_ack_window_bytes);
      break;
    default:  // Set Peer Bandwidth is answered with the window, unless it was already sent
      if (number != sent_window_bytes_) send_window_ack_size(number);
      break;
  }
  return true;
}

void MessageLink::set_peer_chunk_size(std::uint32_t bytes) {
  // The highest bit must be 0. A size beyond every message counts as the largest; it is not
  // refused, since clients do send 2^31 - 1.
  const std::uint32_t largest = std::max<std::uint32_t>(limits_.max_chunk_bytes, 1);
  reader_.set_chunk_bytes(std::min(bytes & 0x7FFFFFFF, largest));
}

// True for ping. Other events are for the session; broken ones are dropped.
bool MessageLink::take_user_control(const Message& message) {
  if (message.payload.size() < 6) return true;
  const auto event = static_cast<UserControl>(read_big_endian(message.payload.first(2)));
  if (event == UserControl::kPingRequest) {
    send_user_control(UserControl::kPingResponse, read_u32(message.payload.subspan(2)));
  }
  return event == UserControl::kPingRequest || event == UserControl::kPingResponse;
}

void MessageLink::send(MessageType type, std::uint32_t stream_id, std::uint32_t timestamp_ms,
                       ByteView payload) {
  Message message;
  message.type = type;
  message.stream_id = stream_id;
  message.timestamp_ms = timestamp_ms;
  message.payload = payload;
  std::uint32_t chunks = kControlChunks;
  if (type == MessageType::kCommand) chunks = kCommandChunks;
  if (type == MessageType::kAudio) chunks = kAudioChunks;
  if (type == MessageType::kData) chunks = kDataChunks;
  writer_.write(message, chunks, output_);
}

void MessageLink::send_command(const Command& command, std::uint32_t stream_id) {
  scratch_.clear();
  append_command(command, scratch_);
  send(MessageType::kCommand, stream_id, 0, scratch_);
}

void MessageLink::send_user_control(UserControl event, std::uint32_t value) {
  scratch_.clear();
  append_big_endian(scratch_, static_cast<std::uint16_t>(event), 2);
  append_big_endian(scratch_, value, 4);
  send(MessageType::kUserControl, 0, 0, scratch_);
}

void MessageLink::send_window_ack_size(std::uint32_t bytes) {
  sent_window_bytes_ = bytes;
  scratch_.clear();
  append_big_endian(scratch_, bytes, 4);
  send(MessageType::kWindowAckSize, 0, 0, scratch_);
}

void MessageLink::send_peer_bandwidth(std::uint32_t bytes) {
  scratch_.clear();
  append_big_endian(scratch_, bytes, 4);
  scratch_.push_back(kDynamicLimit);
  send(MessageType::kSetPeerBandwidth, 0, 0, scratch_);
}

void MessageLink::send_chunk_size(std::uint32_t bytes) {
  const std::uint32_t size = std::clamp<std::uint32_t>(bytes, 1, 0xFFFFFF);
  scratch_.clear();
  append_big_endian(scratch_, size, 4);
  send(MessageType::kSetChunkSize, 0, 0, scratch_);
  writer_.set_chunk_bytes(size);
}

}  // namespace saywell::rtmp
