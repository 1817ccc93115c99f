// Which of several sentences was said. Plain data.
#pragma once

#include <string>
#include <vector>

#include "saywell/result.h"

namespace saywell {

struct SentenceGuess {
  std::string text;       // as the grammar has it
  double confidence = 0;  // 0–1
};

struct RecognisedSentence {
  std::vector<SentenceGuess> nbest;  // best first, at least one
  TimeSpanMs time;                   // from its first to its last word
};

}  // namespace saywell
