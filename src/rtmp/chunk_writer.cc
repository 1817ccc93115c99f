#include <algorithm>
#include <cassert>

#include "rtmp/chunk_stream.h"

namespace saywell::rtmp {
namespace {

constexpr std::uint32_t kExtended = 0xFFFFFF;
constexpr std::uint32_t kHalfTurn = 0x80000000;

void append_little_endian(Bytes& out, std::uint32_t number) {
  for (int shift = 0; shift < 32; shift += 8)
    out.push_back(static_cast<std::byte>(number >> shift));
}

}  // namespace

void ChunkWriter::set_chunk_bytes(std::uint32_t bytes) {
  chunk_bytes_ = std::clamp<std::uint32_t>(bytes, 1, 0xFFFFFF);
}

void ChunkWriter::write(const Message& message, std::uint32_t chunk_stream_id, Bytes& out) {
  assert(chunk_stream_id < last_.size() && message.payload.size() <= 0xFFFFFF);
  Last& last = last_[chunk_stream_id];
  const auto length = static_cast<std::uint32_t>(message.payload.size());
  const std::uint32_t step = message.timestamp_ms - last.timestamp_ms;
  int format = 0;
  if (last.used && last.stream_id == message.stream_id && step < kHalfTurn) {
    format = last.type == message.type && last.length_bytes == length ? 2 : 1;
  }
  const std::uint32_t time = format == 0 ? message.timestamp_ms : step;
  const bool extended = time >= kExtended;

  out.push_back(static_cast<std::byte>(format << 6 | static_cast<int>(chunk_stream_id)));
  append_big_endian(out, extended ? kExtended : time, 3);
  if (format <= 1) {
    append_big_endian(out, length, 3);
    out.push_back(static_cast<std::byte>(message.type));
  }
  if (format == 0) append_little_endian(out, message.stream_id);
  if (extended) append_big_endian(out, time, 4);
  for (ByteView rest = message.payload;;) {
    const std::size_t taken = std::min<std::size_t>(rest.size(), chunk_bytes_);
    append_bytes(out, rest.first(taken));
    rest = rest.subspan(taken);
    if (rest.empty()) break;
    out.push_back(static_cast<std::byte>(0xC0 | chunk_stream_id));
    if (extended) append_big_endian(out, time, 4);  // as Flash and FFmpeg do and expect
  }
  last = {message.stream_id, message.timestamp_ms, length, message.type, true};
}

}  // namespace saywell::rtmp
