// Which words count as read: what the search is told when it looks for miscues a second time.
#pragma once

#include <vector>

#include "assess/analysis.h"
#include "assess/text_verdict.h"

namespace saywell {

// One a token of the reading, by the judge's verdict and by the evidence of the token's rows
// (align/token_evidence.h); empty when no token is unread, so that nothing calls for a second
// search.
std::vector<TokenBelief> token_beliefs(const Analysis& analysis, const TextVerdict& verdict);

}  // namespace saywell
