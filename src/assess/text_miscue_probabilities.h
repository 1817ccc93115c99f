// The classifier's probabilities for the parts of a text, joined for the whole.
#pragma once

#include <vector>

#include "assess/text_parts.h"

namespace saywell {

struct TextMiscueProbabilities {
  std::vector<WordMiscues> tokens;  // one per token; tokens without frames are omitted
  std::vector<double> insertions;   // before each token, and behind the last
};

// The classifier answers once per gap between two words; this applies to all boundaries of tokens
// between them.
TextMiscueProbabilities join_miscue_probabilities(const std::vector<ScoredPart>& parts,
                                                  std::size_t token_count);

}  // namespace saywell
