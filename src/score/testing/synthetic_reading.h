// A reading with everything that its features need, for tests.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "acoustic/pcm_to_embeddings.h"
#include "align/alignment.h"
#include "score/prosody.h"

namespace saywell {

struct SyntheticReading {
  Posteriors posteriors;
  Embeddings embeddings;  // all values of frame i are i
  Prosody prosody;        // 100 Hz at the speech level from begin to end
  Alignment alignment;

  std::span<const Embeddings> chunks() const { return {&embeddings, 1}; }
};

// `heard` as for synthetic_posteriors(), aligned as `events` with the text `tokens` as for
// synthetic_alignment().
SyntheticReading synthetic_reading(std::string_view heard, std::string_view tokens,
                                   const std::vector<PathEvent>& events);

}  // namespace saywell
