// Aligns a recording's posteriors with the text to be read.
#pragma once

#include <vector>

#include "align/alignment.h"

namespace saywell {

// Aligns `posteriors` with `text`. Other speech in the place of omitted tokens is aligned with
// them, as substituted. `beliefs`: one per token; empty: nothing is known. Code 20303 when the text
// cannot fit into the recording. Pure.
Result<Alignment> align_text(const Posteriors& posteriors, const ReferenceText& text,
                             const AlignmentCosts& costs = {},
                             const std::vector<TokenBelief>& beliefs = {});

// The alignment along `events`, a path through `text`: every phone is timed and located, and the
// evidence for it and its token measured. Code 20303 when there are more phones than frames. Pure.
Result<Alignment> build_alignment(const Posteriors& posteriors, TextVariants text,
                                  const std::vector<PathEvent>& events);

}  // namespace saywell
