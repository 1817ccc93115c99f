// A stretch of time in seconds, half-open: [start_s, end_s).
#pragma once

namespace saywell {

struct TimeRegion {
  double start_s = 0;
  double end_s = 0;

  double duration_s() const { return end_s - start_s; }
};

}  // namespace saywell
