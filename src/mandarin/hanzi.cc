#include "mandarin/hanzi.h"

#include <algorithm>
#include <array>
#include <utility>

namespace saywell {
namespace {

// Blocks of Unicode 16: CJK Unified Ideographs and extension A; compatibility; extensions B to I.
constexpr std::array<std::pair<char32_t, char32_t>, 4> kBlocks = {
    {{0x3400, 0xA000}, {0xF900, 0xFB00}, {0x20000, 0x2FA20}, {0x30000, 0x323B0}}};

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

}  // namespace

bool is_hanzi(char32_t value) {
  constexpr char32_t kFirstHexagram = 0x4DC0,
                     kEndHexagram = 0x4E00;  // between A and the main block
  if (value == U'〇' || value == U'々') return true;
  if (value >= kFirstHexagram && value < kEndHexagram) return false;
  return std::any_of(kBlocks.begin(), kBlocks.end(), [value](const auto& block) {
    return value >= block.first && value < block.second;
  });
}

std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return !is_continuation(c); }));
}

std::size_t character_bytes(std::string_view text, std::size_t at) {
  std::size_t end = at + 1;
  while (end < text.size() && is_continuation(text[end])) ++end;
  return end - at;
}

char32_t decode_character(std::string_view text) {
  const std::size_t bytes = character_bytes(text, 0);
  const auto first = static_cast<unsigned char>(text[0]);
  char32_t value = bytes == 1 ? first : first & (0x7Fu >> bytes);
  for (std::size_t i = 1; i < bytes; ++i) {
    value = (value << 6) | (static_cast<unsigned char>(text[i]) & 0x3Fu);
  }
  return value;
}

std::string encode_character(char32_t value) {
  std::string bytes;
  if (value < 0x80) {
    bytes += static_cast<char>(value);
  } else if (value < 0x800) {
    bytes += static_cast<char>(0xC0 | (value >> 6));
  } else if (value < 0x10000) {
    bytes += static_cast<char>(0xE0 | (value >> 12));
  } else {
    bytes += static_cast<char>(0xF0 | (value >> 18));
    bytes += static_cast<char>(0x80 | ((value >> 12) & 0x3F));
  }
  if (value >= 0x800) bytes += static_cast<char>(0x80 | ((value >> 6) & 0x3F));
  if (value >= 0x80) bytes += static_cast<char>(0x80 | (value & 0x3F));
  return bytes;
}

}  // namespace saywell
