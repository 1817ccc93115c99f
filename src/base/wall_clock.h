// The time of day, for stored times: timestamps, expiry, retention. Durations use a steady clock.
#pragma once

#include <cstdint>
#include <functional>

namespace saywell {

// Milliseconds since 1970-01-01 UTC. Callable from any thread; tests pass their own.
using WallClock = std::function<std::int64_t()>;

WallClock system_wall_clock();

}  // namespace saywell
