// Threads that run jobs side by side and deliver their answers in the order of the jobs.
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "base/threads/mutex.h"

namespace saywell {

// At most kWindowPerThread jobs per thread are waiting, running, or done and waiting for an earlier
// one, so that memory stays bounded. One thread submits.
class OrderedPool {
 public:
  static constexpr std::size_t kWindowPerThread = 4;

  using Job = std::function<std::string()>;  // must not throw
  // Receives the answers one at a time, on any of the threads; false: it wants no more.
  using Sink = std::function<bool(const std::string& answer)>;

  // REQUIRES: thread_count >= 1.
  OrderedPool(std::size_t thread_count, Sink sink);
  // As finish().
  ~OrderedPool();
  OrderedPool(const OrderedPool&) = delete;
  OrderedPool& operator=(const OrderedPool&) = delete;

  // Waits while the window is full. False when the sink wants no more; the job is then dropped.
  bool submit(Job job);

  // Waits until every submitted job is done and its answer delivered, or the sink wants no more.
  void finish();

 private:
  struct Numbered {
    std::size_t number;
    Job job;
  };

  void work();
  void give_answers() SAYWELL_REQUIRES(mutex_);

  const std::size_t window_;
  const Sink sink_;

  Mutex mutex_;
  Condition job_waiting_, room_left_;
  std::deque<Numbered> waiting_ SAYWELL_GUARDED_BY(mutex_);
  std::map<std::size_t, std::string> done_
      SAYWELL_GUARDED_BY(mutex_);  // answers that wait for an earlier one
  std::size_t submitted_ SAYWELL_GUARDED_BY(mutex_) = 0;
  std::size_t given_ SAYWELL_GUARDED_BY(mutex_) = 0;
  bool refused_ SAYWELL_GUARDED_BY(mutex_) = false;  // by the sink
  bool finishing_ SAYWELL_GUARDED_BY(mutex_) = false;
  std::vector<std::thread> threads_;
};

}  // namespace saywell
