// Whether a token's phones were said at all where the path found it.
#pragma once

#include <optional>
#include <vector>

#include "align/alignment.h"

namespace saywell {

// One per event, whose phones were located; 0 for other speech. The log likelihood of the event's
// frames and of two phones on either side, by the best CTC path, if anything else was said in its
// place, or nothing, against the token's phones. 0 and less for a token that was read well, about 4
// nats per phone where nothing of it was heard. Within ±kMaxTokenRatio. Pure.
std::vector<float> measure_token_evidence(const Posteriors& posteriors,
                                          const std::vector<AlignedEvent>& events);

// The same question of what is in a gap: the log likelihood, with two phones on either side, if
// anything was said there against nothing. About 0 where nothing was. Pure.
float measure_gap_evidence(const Posteriors& posteriors, const std::vector<AlignedEvent>& events,
                           const AlignmentGap& gap);

inline constexpr float kMaxTokenRatio = 40.0F;

}  // namespace saywell
