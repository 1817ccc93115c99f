// Calls that are made later, without a thread that waits for each.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <thread>

#include "base/threads/mutex.h"

namespace saywell {

// Thread-safe.
class DelayedCalls {
 public:
  DelayedCalls();
  // As finish().
  ~DelayedCalls();
  DelayedCalls(const DelayedCalls&) = delete;
  DelayedCalls& operator=(const DelayedCalls&) = delete;

  // Without a delay before it returns, else on the thread of this object, where a call must not
  // wait for anything.
  void after(std::chrono::steady_clock::duration delay, std::function<void()> call);

  // Makes the calls that still wait, before it returns, and all later ones at once.
  void finish();

 private:
  using Clock = std::chrono::steady_clock;

  void call_until_stopped();

  Mutex mutex_;
  std::multimap<Clock::time_point, std::function<void()>> waiting_ SAYWELL_GUARDED_BY(mutex_);
  bool stopping_ SAYWELL_GUARDED_BY(mutex_) = false;
  Condition changed_;
  std::thread thread_;  // last: it uses all above
};

}  // namespace saywell
