// Log likelihoods of the searches in this room.
#pragma once

namespace saywell {

// Of an impossible path. Finite, so that values can be added; this or lower is impossible.
inline constexpr float kImpossible = -1e30F;

}  // namespace saywell
