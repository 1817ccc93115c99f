#include "wire/byte_range.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace saywell {
namespace {

// Digits only; a number too large for 64 bits is larger than every file.
std::optional<std::uint64_t> parse_count(std::string_view digits) {
  if (digits.empty() || digits.find_first_not_of("0123456789") != std::string_view::npos) {
    return std::nullopt;
  }
  std::uint64_t count = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), count);
  return error == std::errc() ? count : UINT64_MAX;
}

}  // namespace

ByteRange parse_byte_range(std::string_view header, std::uint64_t size) {
  constexpr std::string_view kUnit = "bytes=";
  const ByteRange whole{ByteRange::Kind::kWhole, 0, size};
  if (header.substr(0, kUnit.size()) != kUnit) return whole;
  header.remove_prefix(kUnit.size());
  const std::size_t dash = header.find('-');
  if (dash == std::string_view::npos) return whole;
  const auto first = parse_count(header.substr(0, dash));
  const auto last = parse_count(header.substr(dash + 1));
  const bool has_last = dash + 1 < header.size();
  if ((dash > 0 && !first) || (has_last && !last) || (!first && !last)) return whole;
  if (!first) {  // the last so many bytes
    if (*last == 0 || size == 0) return {ByteRange::Kind::kUnsatisfiable, 0, 0};
    return {ByteRange::Kind::kPart, size - std::min(*last, size), size};
  }
  if (has_last && *last < *first) return whole;
  if (*first >= size) return {ByteRange::Kind::kUnsatisfiable, 0, 0};
  const std::uint64_t end = has_last ? std::min(*last, size - 1) + 1 : size;
  return {ByteRange::Kind::kPart, *first, end};
}

}  // namespace saywell
