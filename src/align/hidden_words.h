// Words put in that the reading path, for which a few foreign phones inside a token cost less than
// other speech, took into a token: "iy t w ah z" for "was" after "it" was put in.
#pragma once

#include <vector>

#include "align/reading.h"

namespace saywell {

struct HiddenWord {
  std::size_t of_token = 0;  // whose event holds it
  ReadingEvent speech;       // kOtherSpeech before or after that token
};

// In order of time. A hidden word is two or more heard phones with a vowel at either end of a
// token's event, without which what was heard is nearer to the token by almost as many. Pure.
std::vector<HiddenWord> find_hidden_words(const Posteriors& posteriors, const Reading& reading);

}  // namespace saywell
