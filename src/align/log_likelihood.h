// Log likelihoods of the searches in this room.
#pragma once

namespace saywell {

// Of what cannot be. Finite, so that it may be added to: what is as low as this or lower is none.
inline constexpr float kImpossible = -1e30F;

}  // namespace saywell
