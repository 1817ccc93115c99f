// Evidence that a token's phones were said at all in its place.
#pragma once

#include <optional>
#include <vector>

#include "align/alignment.h"

namespace saywell {

// One per event, whose phones were located; 0 for other speech. The log likelihood of the event's
// frames and of two phones on either side, by the best CTC path, with anything else or nothing in
// its place, against the token's phones. 0 and less for a token that was read well, about 4 nats
// per phone if nothing of it was heard. Within ±kMaxTokenRatio. Pure.
std::vector<float> measure_token_evidence(const Posteriors& posteriors,
                                          const std::vector<AlignedEvent>& events);

// The same for a gap: the log likelihood, with two phones on either side, of any speech there
// against none. About 0 where nothing was said. Pure.
float measure_gap_evidence(const Posteriors& posteriors, const std::vector<AlignedEvent>& events,
                           const AlignmentGap& gap);

inline constexpr float kMaxTokenRatio = 40.0F;

}  // namespace saywell
