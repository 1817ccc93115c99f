// Words said in the place of other words.
#pragma once

#include <vector>

#include "align/alignment_path.h"

namespace saywell {

// `events` of a path through `text`, where other speech in the place of omitted tokens has become
// substituted events of these tokens, so that it is scored against the phones asked for. `beliefs`
// as in find_alignment_path(): nothing was said for a token that is kOmitted. Pure.
std::vector<PathEvent> assign_substitutions(const Posteriors& posteriors, const TextVariants& text,
                                            const std::vector<PathEvent>& events,
                                            std::vector<TokenBelief> beliefs);

}  // namespace saywell
