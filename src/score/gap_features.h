// The features of the gaps between words, with which the classifier of miscues finds speech outside
// the text (score/feature_schema.h).
//
// Training reads the same features; `saywell features` writes them behind those of the phones.
#pragma once

#include <span>
#include <vector>

#include "acoustic/pcm_to_embeddings.h"
#include "align/alignment.h"

namespace saywell {

// One row of kGapRowSize per gap: before each of `words`, tokens that were read, in order, and
// behind the last; no row without words. Pure.
std::vector<float> make_gap_features(const Alignment& alignment, std::span<const Embeddings> chunks,
                                     const Posteriors& posteriors,
                                     const std::vector<std::size_t>& words);

}  // namespace saywell
