// Whether a token's phones were said at all where the reading path found it.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "align/reading.h"

namespace saywell {

// One an event of the reading's path; 0 for other speech. The log likelihood of the event's rows
// and of two phones on either side, by the best CTC path, if anything else was said in its place,
// or nothing, against the token's phones: 0 and less for a token that was read well, about 4 nats a
// phone where nothing of it was heard. Within ±kMaxTokenRatio. Pure.
std::vector<float> measure_token_evidence(const Posteriors& posteriors, const Reading& reading);

// The same question of what stands between two neighbouring events of tokens, `before` and `after`
// (indices; none at either end of the reading): the log likelihood, with two phones on either side,
// if anything was said between them against nothing. About 0 where nothing was. Pure.
float measure_gap_evidence(const Posteriors& posteriors, const Reading& reading,
                           std::optional<std::size_t> before, std::optional<std::size_t> after);

inline constexpr float kMaxTokenRatio = 40.0F;

}  // namespace saywell
