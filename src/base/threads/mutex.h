// A mutex whose discipline the compiler checks: a member marked SAYWELL_GUARDED_BY(mutex_) may only
// be used while a MutexLock of that mutex is alive. Clang's thread-safety analysis checks it in
// `make lint`; other compilers ignore the marks.
//
//   Mutex mutex_;
//   std::deque<Job> jobs_ SAYWELL_GUARDED_BY(mutex_);
//
//   const MutexLock lock(mutex_);
//   jobs_.push_back(job);
//
// https://clang.llvm.org/docs/ThreadSafetyAnalysis.html (Hutchins, Ballman, Sutherland 2014)
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

#if defined(__clang__)
#define SAYWELL_THREAD_MARK(mark) __attribute__((mark))
#else
#define SAYWELL_THREAD_MARK(mark)
#endif

// Of a member: the mutex that guards it, or the data it points to.
#define SAYWELL_GUARDED_BY(mutex) SAYWELL_THREAD_MARK(guarded_by(mutex))
#define SAYWELL_POINTEE_GUARDED_BY(mutex) SAYWELL_THREAD_MARK(pt_guarded_by(mutex))
// Of a function: it is called with the mutex held; without it.
#define SAYWELL_REQUIRES(...) SAYWELL_THREAD_MARK(requires_capability(__VA_ARGS__))
#define SAYWELL_EXCLUDES(...) SAYWELL_THREAD_MARK(locks_excluded(__VA_ARGS__))
// Of a function that passes a lock on, which the analysis cannot follow.
#define SAYWELL_LOCKS_UNCHECKED SAYWELL_THREAD_MARK(no_thread_safety_analysis)

namespace saywell {

class SAYWELL_THREAD_MARK(capability("mutex")) Mutex {
 public:
  void lock() SAYWELL_THREAD_MARK(acquire_capability()) { mutex_.lock(); }
  void unlock() SAYWELL_THREAD_MARK(release_capability()) { mutex_.unlock(); }

 private:
  friend class MutexLock;
  std::mutex mutex_;
};

// Holds a mutex during its life, except between unlock() and lock().
class SAYWELL_THREAD_MARK(scoped_lockable) MutexLock {
 public:
  explicit MutexLock(Mutex& mutex) SAYWELL_THREAD_MARK(acquire_capability(mutex))
      : lock_(mutex.mutex_) {}
  ~MutexLock() SAYWELL_THREAD_MARK(release_capability()) = default;
  MutexLock(const MutexLock&) = delete;
  MutexLock& operator=(const MutexLock&) = delete;

  void unlock() SAYWELL_THREAD_MARK(release_capability()) { lock_.unlock(); }
  void lock() SAYWELL_THREAD_MARK(acquire_capability()) { lock_.lock(); }

 private:
  friend class Condition;
  std::unique_lock<std::mutex> lock_;
};

// A condition that threads wait for. Spurious wakes happen: wait in a loop that checks the
// condition.
class Condition {
 public:
  // REQUIRES: `lock` holds its mutex, which is free during the wait.
  void wait(MutexLock& lock) { condition_.wait(lock.lock_); }
  template <class Clock, class Duration>
  std::cv_status wait_until(MutexLock& lock,
                            const std::chrono::time_point<Clock, Duration>& deadline) {
    return condition_.wait_until(lock.lock_, deadline);
  }
  void notify_one() { condition_.notify_one(); }
  void notify_all() { condition_.notify_all(); }

 private:
  std::condition_variable condition_;
};

}  // namespace saywell
