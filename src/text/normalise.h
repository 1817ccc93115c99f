// Turns one token of a text into its spoken words: "2024" -> twenty twenty four | two thousand
// twenty four.
//
// These are our own rules, because flite's text analysis gives one reading only, splits
// contractions
// ("it 's"), reads typographic quotes aloud and keeps global state. Pure functions over strings,
// callable from any thread.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "text/token_pieces.h"

namespace saywell {

// A token's neighbourhood, as far as the rules need it. The views are folded tokens
// (fold_to_ascii).
struct TokenContext {
  std::string_view previous;  // the token before, empty at the start
  std::string_view next;      // the token after, empty at the end
  bool all_capitals = false;  // the whole text is in capitals, which then mean nothing
  std::function<bool(std::string_view)> is_known;  // the dictionary has this word (lower case)
};

// The readings of `token` (folded, no blanks around), the usual one first, at most kMaxReadings and
// without doubles. Words are lower case ASCII letters and apostrophes; a word that is one capital
// letter, or a capital with 's, is spelled ("U", "O's"). Empty when it cannot be read aloud:
// another script, emoji, no vowel ("xqzt").
Readings normalise_token(const std::string& token, const TokenContext& context);

}  // namespace saywell
