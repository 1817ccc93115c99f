#include <algorithm>
#include <string>

#include "base/status_macros.h"
#include "rtmp/chunk_stream.h"

namespace saywell::rtmp {
namespace {

constexpr std::uint32_t kExtended = 0xFFFFFF;  // in a timestamp field: the real one follows
constexpr std::size_t kKeptCapacityBytes = 4096;

// By header type: timestamp 3, length 3, type 1, stream id 4.
constexpr std::size_t kFieldBytes[] = {11, 7, 3, 0};

bool is_control(MessageType type) {
  return type >= MessageType::kSetChunkSize && type <= MessageType::kSetPeerBandwidth;
}

// All other types are skipped, however long: video key frames may be longer than all audio.
bool is_wanted(MessageType type) {
  switch (type) {
    case MessageType::kAudio:
    case MessageType::kDataAmf3:
    case MessageType::kCommandAmf3:
    case MessageType::kData:
    case MessageType::kCommand:
    case MessageType::kAggregate:
      return true;
    default:
      return is_control(type);
  }
}

std::uint32_t read_little_endian(ByteView bytes) {
  std::uint32_t number = 0;
  for (std::size_t i = 4; i-- > 0;)
    number = (number << 8) | std::to_integer<std::uint32_t>(bytes[i]);
  return number;
}

// Empties `bytes`, keeping only a little memory for the next message.
void release(Bytes& bytes) {
  if (bytes.capacity() > kKeptCapacityBytes) Bytes().swap(bytes);
  bytes.clear();
}

}  // namespace

ChunkReader::ChunkReader(const Limits& limits)
    : limits_(limits), work_left_(limits.max_saved_work) {}

void ChunkReader::allow_work(std::int64_t units) {
  work_left_ = std::min(work_left_ + units, limits_.max_saved_work);
}

Status ChunkReader::fail(std::string what) {
  failure_ = Status(Code::kBadParameter, "RTMP chunk stream: " + std::move(what));
  return failure_;
}

void ChunkReader::abort(std::uint32_t chunk_stream_id) {
  for (ChunkStream& stream : streams_) {
    if (stream.id != chunk_stream_id || !stream.unfinished) continue;
    if (!stream.skipped) charged_bytes_ -= stream.received_bytes;
    stream.unfinished = false;
    stream.received_bytes = 0;
    release(stream.payload);
  }
}

Result<std::optional<Message>> ChunkReader::next() {
  for (;;) {
    if (!failure_.ok()) return failure_;
    if (step_ == Step::kHeader) {
      if (out_of_work()) return std::optional<Message>();
      ASSIGN_OR_RETURN(const bool complete, read_header());
      if (!complete) return std::optional<Message>();
    }
    if (step_ == Step::kRepeatedTimestamp && !read_repeated_timestamp()) {
      return std::optional<Message>();
    }
    Result<std::optional<Message>> message = read_payload();
    if (!message.ok() || message->has_value() || step_ == Step::kPayload) return message;
  }
}

// Moves input into head_ until it holds `count` bytes; false when the input ends before.
bool ChunkReader::gather(std::size_t count) {
  const std::size_t taken = std::min(count - std::min(count, head_size_), input_.size());
  std::copy_n(input_.begin(), taken, head_.begin() + static_cast<std::ptrdiff_t>(head_size_));
  head_size_ += taken;
  bytes_used_ += taken;
  input_ = input_.subspan(taken);
  return head_size_ >= count;
}

Result<bool> ChunkReader::read_header() {
  if (!gather(1)) return false;
  const unsigned first = std::to_integer<unsigned>(head_[0]);
  const int format = static_cast<int>(first >> 6);
  const unsigned low = first & 0x3F;
  const std::size_t basic = low == 0 ? 2 : low == 1 ? 3 : 1;
  std::size_t fields = kFieldBytes[format];
  if (!gather(basic + fields)) return false;
  if (fields > 0 && read_u24(ByteView(head_).subspan(basic, 3)) == kExtended) {
    fields += 4;
    if (!gather(basic + fields)) return false;
  }
  std::uint32_t id = low;
  if (basic >= 2) id = 64 + std::to_integer<std::uint32_t>(head_[1]);
  if (basic == 3) id += 256 * std::to_integer<std::uint32_t>(head_[2]);
  --work_left_;
  RETURN_IF_ERROR(take_header(id, format, ByteView(head_).subspan(basic, fields)));
  head_size_ = 0;
  return true;
}

Status ChunkReader::take_header(std::uint32_t id, int format, ByteView fields) {
  ASSIGN_OR_RETURN(const std::size_t index, stream_index(id));
  current_ = index;
  ChunkStream& stream = streams_[current_];
  if (format >= 2 && !stream.has_header) {
    return fail("stream " + std::to_string(id) + " begins with a header that has no length");
  }
  if (format <= 1) {
    const std::uint32_t length = read_u24(fields.subspan(3));
    if (stream.unfinished && length != stream.length_bytes) {
      return fail("the length of a message changes from " + std::to_string(stream.length_bytes) +
                  " to " + std::to_string(length) + " bytes inside it");
    }
    stream.length_bytes = length;
    if (!stream.unfinished) stream.type = static_cast<MessageType>(fields[6]);
    stream.has_header = true;
  }
  // A whole header inside a message continues it; its first header stays valid.
  if (format <= 2 && !stream.unfinished) {
    const std::uint32_t field = read_u24(fields);
    stream.extended = field == kExtended;
    stream.timestamp_field = stream.extended ? read_u32(fields.last(4)) : field;
  }
  if (format == 0 && !stream.unfinished)
    stream.stream_id = read_little_endian(fields.subspan(7, 4));
  if (!stream.unfinished) {
    // A header without a timestamp repeats the last one, and after a whole header its absolute time
    // is the step (5.3.1.2.4).
    const std::uint32_t base = format == 0 ? 0 : stream.timestamp_ms;
    stream.timestamp_ms = base + stream.timestamp_field;
    RETURN_IF_ERROR(start_message(stream));
  }
  chunk_left_bytes_ = std::min(chunk_bytes_, stream.length_bytes - stream.received_bytes);
  step_ = format == 3 && stream.extended ? Step::kRepeatedTimestamp : Step::kPayload;
  return charge(stream);
}

// Counts the whole chunk against the limit, whether it came in one piece or will be held.
Status ChunkReader::charge(const ChunkStream& stream) {
  if (stream.skipped) return Status();
  if (charged_bytes_ + chunk_left_bytes_ > limits_.max_buffered_bytes) {
    return fail("more than " + std::to_string(limits_.max_buffered_bytes) +
                " bytes of unfinished messages");
  }
  charged_bytes_ += chunk_left_bytes_;
  return Status();
}

Status ChunkReader::start_message(ChunkStream& stream) {
  const bool too_long = stream.length_bytes > limits_.max_message_bytes;
  if (too_long && is_control(stream.type)) {
    return fail("a control message of " + std::to_string(stream.length_bytes) + " bytes");
  }
  stream.skipped = too_long || !is_wanted(stream.type);
  stream.unfinished = true;
  stream.received_bytes = 0;
  return Status();
}

// Some senders repeat the extended timestamp in headers of type 3, some do not: four bytes equal to
// the timestamp count as its repetition. False when the input ends before these bytes.
bool ChunkReader::read_repeated_timestamp() {
  ChunkStream& stream = streams_[current_];
  while (head_size_ < 4) {
    if (input_.empty()) return false;
    const int shift = 8 * (3 - static_cast<int>(head_size_));
    const auto expected = static_cast<std::byte>(stream.timestamp_field >> shift);
    if (input_.front() != expected && head_size_ < chunk_left_bytes_) {
      // It was payload from the start.
      const ByteView taken = ByteView(head_).first(head_size_);
      chunk_left_bytes_ -= static_cast<std::uint32_t>(taken.size());
      stream.received_bytes += static_cast<std::uint32_t>(taken.size());
      if (!stream.skipped) append_bytes(stream.payload, taken);
      break;
    }
    gather(head_size_ + 1);
  }
  head_size_ = 0;
  step_ = Step::kPayload;
  return true;
}

Result<std::optional<Message>> ChunkReader::read_payload() {
  ChunkStream& stream = streams_[current_];
  const std::size_t taken = std::min<std::size_t>(input_.size(), chunk_left_bytes_);
  const ByteView bytes = input_.first(taken);
  const bool whole = stream.received_bytes == 0 && taken == stream.length_bytes;
  input_ = input_.subspan(taken);
  bytes_used_ += taken;
  stream.received_bytes += static_cast<std::uint32_t>(taken);
  chunk_left_bytes_ -= static_cast<std::uint32_t>(taken);
  // Memory grows with the bytes received, never with the announced length.
  if (!whole && !stream.skipped) append_bytes(stream.payload, bytes);
  if (chunk_left_bytes_ > 0) return std::optional<Message>();
  step_ = Step::kHeader;
  if (stream.received_bytes < stream.length_bytes) return std::optional<Message>();
  return std::optional<Message>(finish_message(stream, whole ? bytes : ByteView()));
}

// Returns `payload`, or the held bytes of a message that came in pieces.
Message ChunkReader::finish_message(ChunkStream& stream, ByteView payload) {
  if (!stream.payload.empty()) {
    delivered_.swap(stream.payload);
    payload = delivered_;
    release(stream.payload);
  }
  if (!stream.skipped) charged_bytes_ -= stream.length_bytes;
  stream.unfinished = false;
  stream.received_bytes = 0;
  Message message;
  message.type = stream.type;
  message.stream_id = stream.stream_id;
  message.timestamp_ms = stream.timestamp_ms;
  message.length_bytes = stream.length_bytes;
  message.skipped = stream.skipped;
  if (!message.skipped) message.payload = payload;
  return message;
}

std::size_t ChunkReader::buffered_bytes() const {
  std::size_t sum = 0;
  for (const ChunkStream& stream : streams_) sum += stream.payload.size();
  return sum;
}

Result<std::size_t> ChunkReader::stream_index(std::uint32_t id) {
  if (current_ < streams_.size() && streams_[current_].id == id) return current_;
  const auto found = std::find_if(streams_.begin(), streams_.end(),
                                  [id](const ChunkStream& stream) { return stream.id == id; });
  if (found != streams_.end()) return static_cast<std::size_t>(found - streams_.begin());
  if (streams_.size() >= limits_.max_chunk_streams) {
    return fail("more than " + std::to_string(limits_.max_chunk_streams) + " chunk streams");
  }
  streams_.emplace_back().id = id;
  return streams_.size() - 1;
}

std::int64_t TimestampUnwrapper::unwrap(std::uint32_t timestamp_ms) {
  const auto step = static_cast<std::int32_t>(timestamp_ms - static_cast<std::uint32_t>(time_ms_));
  time_ms_ = started_ ? time_ms_ + step : std::int64_t{timestamp_ms};
  started_ = true;
  return time_ms_;
}

}  // namespace saywell::rtmp
