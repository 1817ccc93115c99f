// What the miscue judge is given about the gaps between words: whether something was said there
// that the text has not.
//
// Training reads the same numbers, written by `saywell features` behind those of the scorer; they
// share its version.
#pragma once

#include <span>
#include <vector>

#include "acoustic/pcm_to_embeddings.h"
#include "align/reading.h"
#include "score/row_sounds.h"

namespace saywell {

// Layout of a gap's row: what was heard between the phones on either side, then the
// numbers below.
inline constexpr std::size_t kGapNumbers = 24;
inline constexpr std::size_t kGapRowSize = kSoundNumbers + kGapNumbers;

// kGapRowSize numbers a gap: before each of `words`, tokens that were read, in order, and behind
// the last; none without words.
std::vector<float> make_gap_rows(const Reading& reading, std::span<const Embeddings> chunks,
                                 const Posteriors& posteriors,
                                 const std::vector<std::size_t>& words);

}  // namespace saywell
