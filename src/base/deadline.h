// A moment after which work is pointless.
#pragma once

#include <chrono>
#include <optional>

#include "saywell/status.h"

namespace saywell {

// No deadline, or one that is checked between stages and within long ones. A value, for any thread.
class Deadline {
 public:
  using Clock = std::chrono::steady_clock;
  Deadline() = default;
  explicit Deadline(Clock::time_point at) : at_(at) {}

  // 503 once the moment has passed.
  Status check() const;

 private:
  std::optional<Clock::time_point> at_;
};

}  // namespace saywell
