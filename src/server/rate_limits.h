// Limits of one application: assessments per minute, and at a time.
#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <string>

#include "base/threads/mutex.h"
#include "config/server_config.h"
#include "saywell/status.h"

namespace saywell {

// Thread-safe.
class RateLimits {
 public:
  using Clock = std::chrono::steady_clock;

  explicit RateLimits(std::function<Clock::time_point()> now) : now_(std::move(now)) {}

  // Uses one assessment of the application's allowance; release() frees its place. Code 503 names
  // the limit.
  Status take(const std::string& application_id, const ApplicationLimits& limits);
  void release(const std::string& application_id);

 private:
  struct Use {
    std::deque<Clock::time_point> begun;  // in the last minute
    std::int64_t running = 0;
  };

  void forget_idle(Clock::time_point now) SAYWELL_REQUIRES(mutex_);

  const std::function<Clock::time_point()> now_;
  Mutex mutex_;
  std::map<std::string, Use> uses_ SAYWELL_GUARDED_BY(mutex_);
};

}  // namespace saywell
