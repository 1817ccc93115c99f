// Turns UTF-8 text into code points with their kind, and folds words to the letters that the rules
// know.
//
// utf8proc provides Unicode's own data (categories, decompositions). Pure functions, callable from
// any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "saywell/status.h"

namespace saywell {

enum class CharKind : std::uint8_t {
  kSpace,        // blanks, tabs, line and paragraph ends
  kIgnorable,    // has no width: byte order mark, soft hyphen, joiners, direction marks
  kLetter,       // of any script
  kDigit,        // of any script, fractions and superscripts included
  kMark,         // combining accent or variation selector
  kPunctuation,  // also symbols that nobody reads aloud: * < > | ~ ^ `
  kSpoken,       // symbols with a reading: & + = % @ # $ € £ ¥ ¢ ° × ÷
  kUnreadable    // emoji, arrows, private use: no reading
};

struct CodePoint {
  char32_t value;
  CharKind kind;
  std::size_t begin;  // bytes [begin, end) of the text
  std::size_t end;
};

// All code points of `text`. Code 40031 names the byte of invalid UTF-8 and of control characters
// that are no white space.
Result<std::vector<CodePoint>> decode_text(std::string_view text);

// `text` (well-formed UTF-8) without accents ("café" -> "cafe") and ignorable characters, with
// ligatures and full-width forms replaced by plain letters, typographic quotes and dashes by plain
// ones, and fractions written out ("5½" -> "5 1/2"). Letter case and letters of other scripts are
// kept: see is_readable().
std::string fold_to_ascii(std::string_view text);

// True when `folded` has only ASCII and the symbols € £ ¥ ¢ ° × ÷.
bool is_readable(std::string_view folded);

// `text` shortened to at most `max_bytes` at a code point's border, ending in "…" if it was cut;
// for messages that name a token.
std::string shortened(std::string_view text, std::size_t max_bytes = 40);

}  // namespace saywell
