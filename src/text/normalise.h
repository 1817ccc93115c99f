// One token of a text to the words that are said for it: "2024" -> twenty twenty four | two
// thousand twenty four.
//
// Own rules, not flite's text analysis: that gives one reading only, splits contractions ("it 's"),
// reads typographic quotes aloud and keeps global state. Pure functions over strings, callable from
// any thread.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "text/token_pieces.h"

namespace saywell {

// What the rules ask about a token's neighbourhood. The views are folded tokens (fold_to_ascii).
struct TokenContext {
  std::string_view previous;  // the token before, empty at the start
  std::string_view next;      // the token after, empty at the end
  bool all_capitals = false;  // the whole text has no small letter: capitals then mean nothing
  std::function<bool(std::string_view)> is_known;  // the dictionary has this word (lower case)
};

// The readings of `token` (folded, no blanks around), the usual one first, at most kMaxReadings and
// without doubles. Words are lower case ASCII letters and apostrophes; a word that is one capital
// letter, or a capital with 's, is spelled ("U", "O's"). Empty when nobody could read it aloud:
// another script, emoji, no vowel ("xqzt").
Readings normalise_token(const std::string& token, const TokenContext& context);

}  // namespace saywell
