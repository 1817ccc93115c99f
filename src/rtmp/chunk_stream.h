// The chunk stream of RTMP (specification 1.0, chapter 5): messages cut into chunks and
// interleaved.
//
// Both classes are plain state machines: no socket, no clock; one thread at a time.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "rtmp/bytes.h"
#include "rtmp/limits.h"
#include "saywell/status.h"

namespace saywell::rtmp {

enum class MessageType : std::uint8_t {
  kSetChunkSize = 1,
  kAbort = 2,
  kAcknowledgement = 3,
  kUserControl = 4,
  kWindowAckSize = 5,
  kSetPeerBandwidth = 6,
  kAudio = 8,
  kVideo = 9,
  kDataAmf3 = 15,
  kSharedObjectAmf3 = 16,
  kCommandAmf3 = 17,
  kData = 18,
  kSharedObject = 19,
  kCommand = 20,
  kAggregate = 22,
};

// Ids of the chunk streams that we write.
inline constexpr std::uint32_t kControlChunks = 2;
inline constexpr std::uint32_t kCommandChunks = 3;
inline constexpr std::uint32_t kAudioChunks = 4;
inline constexpr std::uint32_t kDataChunks = 5;

struct Message {
  MessageType type = MessageType::kCommand;  // any byte a peer sent, not only those named above
  std::uint32_t stream_id = 0;               // message stream, 0 = the connection itself
  std::uint32_t timestamp_ms = 0;            // wraps after 2^32 ms
  std::uint32_t length_bytes = 0;
  bool skipped = false;  // video, shared objects, unknown types, or longer than allowed
  ByteView payload;      // empty when skipped
};

// Turns chunks into messages.
//
//   reader.feed(bytes);
//   while (auto message = reader.next()) …   // (*message is empty when the bytes are used up)
//
// The same bytes give the same messages however they are cut into feed() calls.
class ChunkReader {
 public:
  explicit ChunkReader(const Limits& limits);

  // REQUIRES: the previous bytes are used up (next() returned no message while work was left).
  // `bytes` must stay valid until they are used up in turn.
  void feed(ByteView bytes) { input_ = bytes; }

  // The next whole message; its payload is valid until the next call of any method. Nothing when
  // more bytes are needed, or when no work is left (out_of_work()). Code 40031 when the bytes are
  // no chunk stream or pass a limit: the reader answers the same from then on.
  Result<std::optional<Message>> next();

  // REQUIRES: bytes >= 1.
  void set_chunk_bytes(std::uint32_t bytes) { chunk_bytes_ = bytes; }

  // Drops the received part of an unfinished message (Abort Message). Unknown ids are ignored.
  void abort(std::uint32_t chunk_stream_id);

  // The budget of Limits::work_per_s. The caller, who has a clock, adds to it as time passes.
  void allow_work(std::int64_t units);
  void spend_work(std::int64_t units) { work_left_ -= units; }
  // True when next() waits for work, not for bytes: a chunk that has begun is always finished.
  bool out_of_work() const { return work_left_ <= 0 && step_ == Step::kHeader && head_size_ == 0; }

  std::uint64_t bytes_used() const { return bytes_used_; }
  // Memory of unfinished messages.
  std::size_t buffered_bytes() const;

 private:
  // The fields that later, shorter headers of a chunk stream omit.
  struct ChunkStream {
    std::uint32_t id = 0;
    std::uint32_t stream_id = 0;
    std::uint32_t timestamp_ms = 0;
    std::uint32_t timestamp_field = 0;  // as last sent, extended or not: absolute or a delta
    std::uint32_t length_bytes = 0;
    std::uint32_t received_bytes = 0;  // of the unfinished message
    MessageType type = MessageType::kCommand;
    bool has_header = false;  // a header with a length has arrived
    bool extended = false;    // the last header had an extended timestamp
    bool unfinished = false;
    bool skipped = false;
    Bytes payload;
  };

  // The part of the current chunk to read next.
  enum class Step { kHeader, kRepeatedTimestamp, kPayload };

  Status fail(std::string what);
  bool gather(std::size_t count);
  Result<bool> read_header();
  Status take_header(std::uint32_t id, int format, ByteView fields);
  Status start_message(ChunkStream& stream);
  Status charge(const ChunkStream& stream);
  bool read_repeated_timestamp();
  Status start_payload();
  Result<std::optional<Message>> read_payload();
  Message finish_message(ChunkStream& stream, ByteView payload);
  Result<std::size_t> stream_index(std::uint32_t id);

  Limits limits_;
  Status failure_;
  ByteView input_;
  std::uint64_t bytes_used_ = 0;
  std::int64_t work_left_;
  std::uint32_t chunk_bytes_ = 128;
  Step step_ = Step::kHeader;
  std::array<std::byte, 18> head_ = {};  // basic header 3, message header 11, extended timestamp 4
  std::size_t head_size_ = 0;
  std::size_t current_ = 0;  // index of the chunk stream whose chunk is being read
  std::uint32_t chunk_left_bytes_ = 0;
  std::vector<ChunkStream> streams_;
  std::size_t charged_bytes_ = 0;  // chunks of unfinished messages, the current one as a whole
  Bytes delivered_;                // keeps the payload of the message returned last
};

// Turns messages into chunks.
class ChunkWriter {
 public:
  // REQUIRES (chunk size): 1 to 0xFFFFFF; anything else is taken as the nearest of these.
  void set_chunk_bytes(std::uint32_t bytes);

  // Appends `message` to `out` as chunks of stream `chunk_stream_id`. Types and lengths are written
  // in the shortest possible header; a timestamp that goes back needs a whole header.
  // REQUIRES: chunk_stream_id is one of those named above, payload at most 0xFFFFFF bytes.
  void write(const Message& message, std::uint32_t chunk_stream_id, Bytes& out);

 private:
  struct Last {
    std::uint32_t stream_id = 0;
    std::uint32_t timestamp_ms = 0;
    std::uint32_t length_bytes = 0;
    MessageType type = MessageType::kCommand;
    bool used = false;
  };

  std::uint32_t chunk_bytes_ = 128;
  std::array<Last, kDataChunks + 1> last_ = {};
};

// Turns 32-bit timestamps into a count that does not wrap: every step goes the shorter way round.
class TimestampUnwrapper {
 public:
  // Milliseconds since timestamp 0 of the first turn; steps back stay steps back.
  std::int64_t unwrap(std::uint32_t timestamp_ms);

 private:
  bool started_ = false;
  std::int64_t time_ms_ = 0;
};

}  // namespace saywell::rtmp
