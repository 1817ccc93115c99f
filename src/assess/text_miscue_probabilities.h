// What the classifier of miscues answered for the parts of a text, put together for the whole.
#pragma once

#include <vector>

#include "assess/text_parts.h"

namespace saywell {

struct TextMiscueProbabilities {
  std::vector<WordMiscues> tokens;  // one per token; of those without frames that they were omitted
  std::vector<double> insertions;   // before each token, and behind the last
};

// The classifier answers once for the gap between two words: that holds for all boundaries of
// tokens between them.
TextMiscueProbabilities join_miscue_probabilities(const std::vector<ScoredPart>& parts,
                                                  std::size_t token_count);

}  // namespace saywell
