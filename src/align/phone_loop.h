// Other speech: any phones, as likely as the likeliest of each frame.
#pragma once

#include <vector>

#include "acoustic/embeddings_to_posteriors.h"

namespace saywell {

// The log likelihood of each frame in a phone loop: the best phone, less `phone_cost` where it
// begins, or blank. One per frame of `frames`. Pure.
std::vector<float> phone_loop_emissions(const Posteriors& posteriors, FrameSpan frames,
                                        float phone_cost);

}  // namespace saywell
