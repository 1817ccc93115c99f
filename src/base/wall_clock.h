// The time of day, for what is written down: timestamps, expiry, retention. Durations are measured
// with a steady clock instead.
#pragma once

#include <cstdint>
#include <functional>

namespace saywell {

// Milliseconds since 1970-01-01 UTC. Callable from any thread; tests give one of their own.
using WallClock = std::function<std::int64_t()>;

WallClock system_wall_clock();

}  // namespace saywell
