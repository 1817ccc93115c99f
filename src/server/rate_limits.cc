#include "server/rate_limits.h"

namespace saywell {
namespace {

// An open server accepts any application id: old ones must not accumulate.
constexpr std::size_t kManyApplications = 1000;
constexpr std::chrono::minutes kMinute{1};

}  // namespace

void RateLimits::forget_idle(Clock::time_point now) {
  std::erase_if(uses_, [now](const auto& entry) {
    const Use& use = entry.second;
    return use.running == 0 && (use.begun.empty() || now - use.begun.back() >= kMinute);
  });
}

Status RateLimits::take(const std::string& application_id, const ApplicationLimits& limits) {
  const MutexLock lock(mutex_);
  const Clock::time_point now = now_();
  if (uses_.size() > kManyApplications) forget_idle(now);
  Use& use = uses_[application_id];
  while (!use.begun.empty() && now - use.begun.front() >= kMinute) use.begun.pop_front();
  if (use.running >= limits.assessments_at_a_time) {
    return Status(Code::kTimeout, "the application's limit of " +
                                      std::to_string(limits.assessments_at_a_time) +
                                      " assessments at a time is reached");
  }
  if (static_cast<std::int64_t>(use.begun.size()) >= limits.assessments_per_minute) {
    return Status(Code::kTimeout, "the application's limit of " +
                                      std::to_string(limits.assessments_per_minute) +
                                      " assessments a minute is reached");
  }
  use.begun.push_back(now);
  ++use.running;
  return Status();
}

void RateLimits::release(const std::string& application_id) {
  const MutexLock lock(mutex_);
  --uses_.at(application_id).running;
}

}  // namespace saywell
