#include "server/delayed_calls.h"

#include <utility>

namespace saywell {

DelayedCalls::DelayedCalls() : thread_([this] { call_until_stopped(); }) {}

DelayedCalls::~DelayedCalls() { finish(); }

void DelayedCalls::finish() {
  {
    const MutexLock lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void DelayedCalls::after(Clock::duration delay, std::function<void()> call) {
  MutexLock lock(mutex_);
  if (delay <= Clock::duration::zero() || stopping_) {
    lock.unlock();
    return call();
  }
  waiting_.emplace(Clock::now() + delay, std::move(call));
  changed_.notify_all();
}

void DelayedCalls::call_until_stopped() {
  MutexLock lock(mutex_);
  while (!stopping_ || !waiting_.empty()) {
    if (waiting_.empty()) {
      changed_.wait(lock);
    } else if (const auto next = waiting_.begin(); stopping_ || next->first <= Clock::now()) {
      const std::function<void()> call = std::move(next->second);
      waiting_.erase(next);
      lock.unlock();
      call();
      lock.lock();
    } else {
      const Clock::time_point due = next->first;
      changed_.wait_until(lock, due);
    }
  }
}

}  // namespace saywell
