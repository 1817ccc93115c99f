// Byte strings of the RTMP engine, and big-endian numbers in them.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace saywell::rtmp {

using Bytes = std::vector<std::byte>;
using ByteView = std::span<const std::byte>;

// The unsigned number whose big-endian bytes `view` holds. REQUIRES: view.size() <= 8.
inline std::uint64_t read_big_endian(ByteView view) {
  std::uint64_t number = 0;
  for (const std::byte byte : view) number = (number << 8) | std::to_integer<std::uint64_t>(byte);
  return number;
}

inline std::uint32_t read_u24(ByteView view) {
  return static_cast<std::uint32_t>(read_big_endian(view.first(3)));
}

inline std::uint32_t read_u32(ByteView view) {
  return static_cast<std::uint32_t>(read_big_endian(view.first(4)));
}

// Appends the low `count` bytes of `number`. REQUIRES: count <= 8.
inline void append_big_endian(Bytes& out, std::uint64_t number, int count) {
  for (int shift = 8 * (count - 1); shift >= 0; shift -= 8) {
    out.push_back(static_cast<std::byte>(number >> shift));
  }
}

inline void append_double(Bytes& out, double number) {
  append_big_endian(out, std::bit_cast<std::uint64_t>(number), 8);
}

inline void append_bytes(Bytes& out, ByteView bytes) {
  out.insert(out.end(), bytes.begin(), bytes.end());
}

inline ByteView bytes_of(std::string_view text) { return std::as_bytes(std::span(text)); }

inline std::string_view text_of(ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace saywell::rtmp
