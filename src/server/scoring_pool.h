// The threads that compute, behind a bounded queue: a job that would be late is refused at once,
// and none waits without end.
//
//   pool.submit({.cost_s = 4, .deadline = pool.now() + 60s, .run = …, .refuse = …});
//
// Exactly one of a job's two functions is called, once: `run` on a thread of the pool, `refuse` on
// a thread of the pool or, out of submit(), on the caller's. Neither may throw.
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <string_view>
#include <thread>
#include <vector>

#include "base/threads/mutex.h"
#include "saywell/status.h"

namespace saywell {

class ScoringPool {
 public:
  using Clock = std::chrono::steady_clock;

  struct Job {
    double cost_s = 0;  // seconds of audio, or an estimate of them
    Clock::time_point deadline;
    std::function<void(Clock::time_point deadline)> run;
    std::function<void(const Status& status)> refuse;  // with code 503
    bool is_assessment = true;  // false: neither its time nor its waiting is measured
    // Runs when nothing else waits; refused when as many such jobs wait as there are threads.
    bool in_background = false;
  };

  struct Options {
    std::size_t threads = 2;
    std::size_t max_waiting = 64;            // jobs
    std::function<Clock::time_point()> now;  // empty: the steady clock
  };

  // The current load, for the metrics.
  struct Load {
    std::size_t waiting = 0;
    std::size_t running = 0;
    std::size_t refused = 0;             // since the start
    std::size_t done = 0;                // since the start
    double computing_s_per_audio_s = 0;  // measured, a moving average
  };

  // Called after each assessment with its waiting and its running time, on a thread of the pool.
  using Observer = std::function<void(double waited_s, double ran_s)>;

  // REQUIRES: threads >= 1.
  ScoringPool(Options options, Observer observer);
  // As drain() without patience: waiting jobs are refused, running ones are awaited.
  ~ScoringPool();
  ScoringPool(const ScoringPool&) = delete;
  ScoringPool& operator=(const ScoringPool&) = delete;

  // Any thread. Refuses the job with 503 before it returns when the queue is full, when the work
  // before it and its own would end after its deadline, or after drain() was called.
  void submit(Job job);

  // Takes no new jobs; waits until all are done, at most `patience`, then refuses the waiting ones.
  // True when all were done.
  bool drain(Clock::duration patience);

  Load load() const;
  Clock::time_point now() const { return now_(); }

 private:
  struct Waiting {
    Job job;
    Clock::time_point since;
  };

  Status admit(const Job& job) const SAYWELL_REQUIRES(mutex_);
  Status admit_in_background() const SAYWELL_REQUIRES(mutex_);
  double expected_wait_s() const SAYWELL_REQUIRES(mutex_);
  bool is_idle() const SAYWELL_REQUIRES(mutex_);
  void work();
  struct Run {
    double cost_s = 0;  // as charged
    double ran_s = 0;
    bool late = false;      // refused, since its deadline had passed
    bool measured = false;  // an assessment that ran
    bool in_background = false;
  };
  Run run(Waiting taken) SAYWELL_EXCLUDES(mutex_);
  void account(const Run& run) SAYWELL_REQUIRES(mutex_);
  std::deque<Waiting> take_waiting(std::deque<Waiting>& queue) SAYWELL_REQUIRES(mutex_);

  const std::size_t max_waiting_;
  const std::function<Clock::time_point()> now_;
  const Observer observer_;

  mutable Mutex mutex_;
  Condition work_or_stop_, idle_;
  std::deque<Waiting> queue_ SAYWELL_GUARDED_BY(mutex_);
  std::deque<Waiting> background_ SAYWELL_GUARDED_BY(mutex_);
  double queued_cost_s_ SAYWELL_GUARDED_BY(mutex_) = 0;
  Load counts_ SAYWELL_GUARDED_BY(mutex_);
  bool draining_ SAYWELL_GUARDED_BY(mutex_) = false;
  bool stopping_ SAYWELL_GUARDED_BY(mutex_) = false;
  std::vector<std::thread> threads_;
};

}  // namespace saywell
