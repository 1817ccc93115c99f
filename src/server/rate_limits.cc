#include "server/rate_limits.h"

#include <algorithm>

namespace saywell {

Status RateLimits::take(const std::string& application_id, const ApplicationLimits& limits) {
  const std::lock_guard lock(mutex_);
  const Clock::time_point now = now_();
  const auto most = static_cast<double>(limits.assessments_per_minute);
  const auto [place, fresh] = uses_.try_emplace(application_id, Use{most, now, 0});
  Use& use = place->second;
  const double minutes = std::chrono::duration<double, std::ratio<60>>(now - use.refilled).count();
  use.allowance = std::min(most, use.allowance + minutes * most);
  use.refilled = now;
  if (use.running >= limits.assessments_at_a_time) {
    return Status(Code::kTimeout, "the application's limit of " +
                                      std::to_string(limits.assessments_at_a_time) +
                                      " assessments at a time is reached");
  }
  if (use.allowance < 1) {
    return Status(Code::kTimeout, "the application's limit of " +
                                      std::to_string(limits.assessments_per_minute) +
                                      " assessments a minute is reached");
  }
  use.allowance -= 1;
  ++use.running;
  return Status();
}

void RateLimits::release(const std::string& application_id) {
  const std::lock_guard lock(mutex_);
  --uses_.at(application_id).running;
}

}  // namespace saywell
