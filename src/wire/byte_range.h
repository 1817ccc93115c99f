// The header `Range: bytes=…` of a request for part of a file (RFC 9110).
#pragma once

#include <cstdint>
#include <string_view>

namespace saywell {

struct ByteRange {
  enum class Kind {
    kWhole,         // no range, one that is not understood, or several: the whole file answers
    kPart,          // [begin, end) of the file
    kUnsatisfiable  // begins behind the file's end
  };
  Kind kind = Kind::kWhole;
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
};

// What `header` (empty: there is none) asks of a file of `size` bytes. Pure.
ByteRange parse_byte_range(std::string_view header, std::uint64_t size);

}  // namespace saywell
