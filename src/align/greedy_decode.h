// The phones that were said, whatever the text: the greedy path through the CTC posteriors.
#pragma once

#include <vector>

#include "acoustic/embeddings_to_posteriors.h"

namespace saywell {

struct DecodedPhone {
  PhoneId phone;
  double probability;  // the highest of its frames
  std::size_t first_frame;
};

// The phones that are likelier than all else in `frames`, in order; a lasting one is one phone.
// Pure.
std::vector<DecodedPhone> greedy_decode(const Posteriors& posteriors, FrameSpan frames);

// Their phones alone.
std::vector<PhoneId> ids_of(const std::vector<DecodedPhone>& phones);

}  // namespace saywell
