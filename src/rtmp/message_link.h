// One end of an RTMP connection behind its handshake: chunks both ways, and the protocol control
// messages (chunk size, abort, acknowledgements, windows, ping). A session receives the rest:
// commands, data, audio and stream events. One thread at a time.
#pragma once

#include <optional>

#include "rtmp/chunk_stream.h"
#include "rtmp/command.h"
#include "rtmp/limits.h"

namespace saywell::rtmp {

// Events of User Control messages (specification 1.0, 7.1.7).
enum class UserControl : std::uint16_t {
  kStreamBegin = 0,
  kStreamEof = 1,
  kStreamDry = 2,
  kSetBufferLength = 3,
  kStreamIsRecorded = 4,
  kPingRequest = 6,
  kPingResponse = 7,
};

class MessageLink {
 public:
  explicit MessageLink(const Limits& limits) : limits_(limits), reader_(limits) {}

  // Reading, as ChunkReader. Control messages are carried out and answered here; next() returns the
  // other types, and User Control other than ping. Also code 40031 when a control message is
  // broken, or when the peer lets more output pile up than the limit allows.
  void feed(ByteView bytes) { reader_.feed(bytes); }
  Result<std::optional<Message>> next();
  ChunkReader& reader() { return reader_; }
  const ChunkReader& reader() const { return reader_; }

  // Writing: everything is appended to output().
  void send(MessageType type, std::uint32_t stream_id, std::uint32_t timestamp_ms,
            ByteView payload);
  void send_command(const Command& command, std::uint32_t stream_id);
  void send_user_control(UserControl event, std::uint32_t value);
  void send_window_ack_size(std::uint32_t bytes);
  void send_peer_bandwidth(std::uint32_t bytes);
  void send_chunk_size(std::uint32_t bytes);

  Bytes& output() { return output_; }
  const Bytes& output() const { return output_; }

  // The number of bytes that the peer acknowledged, modulo 2^32.
  std::uint32_t acknowledged_bytes() const { return acknowledged_bytes_; }

 private:
  Result<bool> take_control(const Message& message);
  bool take_user_control(const Message& message);
  void set_peer_chunk_size(std::uint32_t bytes);
  void acknowledge();

  Limits limits_;
  Status failure_;
  ChunkReader reader_;
  ChunkWriter writer_;
  Bytes output_;
  Bytes scratch_;
  std::uint32_t window_bytes_ =
      0;  // the peer wants an acknowledgement after so many bytes; 0: never
  std::uint32_t sent_window_bytes_ = 0;
  std::uint64_t acknowledged_at_bytes_ = 0;
  std::uint32_t acknowledged_bytes_ = 0;
};

}  // namespace saywell::rtmp
