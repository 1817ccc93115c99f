// Chinese characters in UTF-8. Pure functions, callable from any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace saywell {

// True for Han ideographs of every block, 〇 and the iteration mark 々.
bool is_hanzi(char32_t value);

// How many code points the well-formed `text` has.
std::size_t count_characters(std::string_view text);

// Bytes of the code point that begins at byte `at` of the well-formed `text`.
std::size_t character_bytes(std::string_view text, std::size_t at);

// The first code point of the well-formed, non-empty `text`.
char32_t decode_character(std::string_view text);

std::string encode_character(char32_t value);

}  // namespace saywell
