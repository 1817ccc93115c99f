// The words that count as read, for the second search for miscues.
#pragma once

#include <vector>

#include "align/alignment.h"
#include "assess/text_miscue_probabilities.h"

namespace saywell {

// One per token of the alignment, by the probabilities of miscues and by the evidence of the
// token's frames (align/token_evidence.h); empty when no token is unread and no second search is
// needed. Pure.
std::vector<TokenBelief> token_beliefs(const Alignment& alignment,
                                       const TextMiscueProbabilities& probabilities);

}  // namespace saywell
