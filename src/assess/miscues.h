// The reader's miscues of each word, and other speech: the alignment in a teacher's terms.
#pragma once

#include <optional>
#include <vector>

#include "align/alignment.h"
#include "align/greedy_decode.h"
#include "assess/text_miscue_probabilities.h"
#include "saywell/result.h"

namespace saywell {

struct TokenMiscue {
  Miscue miscue = Miscue::kNone;
  FrameSpan frames;                        // kSubstitution: the place of the other speech …
  std::vector<DecodedPhone> said_instead;  // … and its phones
};

struct ExtraEvent {
  ExtraSpeech::Kind kind;
  int after;  // the token before it, -1: before the first
  FrameSpan frames;
  std::vector<DecodedPhone> phones;
  std::optional<std::size_t> attempted_token;  // kRepetition: the token of an earlier attempt
};

struct Miscues {
  std::vector<TokenMiscue> tokens;  // one per token
  std::vector<ExtraEvent> extra;    // in order of time
  std::size_t other_phones = 0;     // heard outside the text
};

// `alignment`: of the last search, which decides on omissions and substitutions; `probabilities`:
// of the first, which decide on repetitions and insertions. Pure.
Miscues find_miscues(const Posteriors& posteriors, const Alignment& alignment,
                     const TextMiscueProbabilities& probabilities);

}  // namespace saywell
