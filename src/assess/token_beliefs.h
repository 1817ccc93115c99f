// Which words count as read, for the search that looks for miscues a second time.
#pragma once

#include <vector>

#include "align/alignment.h"
#include "assess/text_miscue_probabilities.h"

namespace saywell {

// One per token of the alignment, by the probabilities of miscues and by the evidence of the
// token's frames (align/token_evidence.h); empty when no token is unread, so that nothing calls for
// a second search. Pure.
std::vector<TokenBelief> token_beliefs(const Alignment& alignment,
                                       const TextMiscueProbabilities& probabilities);

}  // namespace saywell
