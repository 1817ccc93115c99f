// Words that were said in the place of other words.
#pragma once

#include <vector>

#include "align/alignment_path.h"

namespace saywell {

// `events` of a path through `text` in which other speech in the place of omitted tokens has become
// events of these tokens, substituted, so that it is scored against what was asked. `beliefs` as in
// find_alignment_path(): a token that is kOmitted is none that something was said for. Pure.
std::vector<PathEvent> assign_substitutions(const Posteriors& posteriors, const TextVariants& text,
                                            const std::vector<PathEvent>& events,
                                            std::vector<TokenBelief> beliefs);

}  // namespace saywell
