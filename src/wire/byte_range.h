// The header `Range: bytes=…` of a request for part of a file (RFC 9110).
#pragma once

#include <cstdint>
#include <string_view>

namespace saywell {

struct ByteRange {
  enum class Kind {
    kWhole,         // no range, an unknown one, or several: answer with the whole file
    kPart,          // [begin, end) of the file
    kUnsatisfiable  // begins behind the file's end
  };
  Kind kind = Kind::kWhole;
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
};

// The part of a file of `size` bytes that `header` (empty: none) asks for. Pure.
ByteRange parse_byte_range(std::string_view header, std::uint64_t size);

}  // namespace saywell
