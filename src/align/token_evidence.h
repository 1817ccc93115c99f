// Whether a token's phones were said at all where the reading path found it.
#pragma once

#include <vector>

#include "align/reading.h"

namespace saywell {

// One an event of the reading's path; 0 for other speech. The log likelihood of the event's rows
// and of two phones on either side, by the best CTC path, if anything else was said in its place,
// or nothing, against the token's phones: 0 and less for a token that was read well, about 4 nats a
// phone where nothing of it was heard. Within ±kMaxTokenRatio. Pure.
std::vector<float> measure_token_evidence(const Posteriors& posteriors, const Reading& reading);

inline constexpr float kMaxTokenRatio = 40.0F;

}  // namespace saywell
