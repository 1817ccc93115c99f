// The text that a learner reads, as tokens: their written form, and how each may be said.
//
// White space (or a long dash "—", "--", or an ellipsis) separates tokens. Punctuation around a
// token is no part of it; punctuation alone is no token. Marks follow their word without a blank:
//
//   word(s:1)  stressed        word(t:1)  rising         word(g:1)  pause of a sense group after it
//   word(c:1)  linked to next  word(z:l ay v|l ih v)     its pronunciations, separated by |
//
// The value 0 means "not stressed" and so on. Several marks may follow one another or share
// parentheses: word(s:1)(t:0), word(s:1,t:0). Other parentheses, "word(s)", are text.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "saywell/status.h"
#include "text/pronunciation.h"

namespace saywell {

inline constexpr std::size_t kMaxTextBytes = 64 * 1024;
inline constexpr std::size_t kMaxTokens = 3000;
inline constexpr std::size_t kMaxTokenBytes = 200;

struct Marks {
  std::optional<bool> stressed;     // s
  std::optional<bool> rising;       // t
  std::optional<bool> pause_after;  // g
  std::optional<bool> linked;       // c
  std::vector<GivenPhones> forced;  // z, the alternatives; empty without this mark
};

// One token as written.
struct WrittenToken {
  std::string display;  // bytes [begin, end) of the text: no marks, no punctuation around
  std::size_t begin = 0;
  std::size_t end = 0;
  bool sentence_end = false;  // the last token of a sentence
  Marks marks;
};

struct SpokenWord {
  std::string text;  // lower case; a capital is a letter that is spelled ("U", "S")
  std::vector<Pronunciation> variants;  // at least one, no doubles
  bool from_dictionary = false;         // else guessed from its spelling or given
};

struct Token {
  std::string display;
  std::size_t begin = 0;
  std::size_t end = 0;
  std::vector<std::vector<SpokenWord>> readings;  // alternatives, the usual one first; at least one
  std::optional<bool> stressed, rising, pause_after, linked;
  bool forced = false;  // a mark or the caller gave the pronunciation
  bool sentence_end = false;
};

struct ReferenceText {
  std::vector<Token> tokens;
};

// The tokens of `ref_text`, at least one. Code 40031, with the defect and its place, for text that
// is too long (in bytes, in tokens, or one token), invalid UTF-8, control characters, malformed
// marks, and text with nothing to read. Pure; callable from any thread.
Result<std::vector<WrittenToken>> split_reference_text(std::string_view ref_text);

}  // namespace saywell
