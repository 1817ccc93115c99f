// Threads that do jobs side by side and give their answers in the order the jobs came.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace saywell {

// At most kWindowPerThread jobs a thread are waiting, being done, or done and waiting for an
// earlier one, so that memory stays bounded however many jobs come. One thread submits.
class OrderedPool {
 public:
  static constexpr std::size_t kWindowPerThread = 4;

  using Job = std::function<std::string()>;  // must not throw
  // Takes the answers one at a time, on any of the threads; false: no more are wanted.
  using Sink = std::function<bool(const std::string& answer)>;

  // REQUIRES: thread_count >= 1.
  OrderedPool(std::size_t thread_count, Sink sink);
  // As finish().
  ~OrderedPool();
  OrderedPool(const OrderedPool&) = delete;
  OrderedPool& operator=(const OrderedPool&) = delete;

  // Waits while the window is full. False when the sink wants no more: the job is dropped.
  bool submit(Job job);

  // Waits until every job submitted is done and its answer given, or the sink wants no more.
  void finish();

 private:
  struct Numbered {
    std::size_t number;
    Job job;
  };

  void work();
  void give_answers();

  const std::size_t window_;
  const Sink sink_;

  std::mutex mutex_;  // guards all below but threads_
  std::condition_variable job_waiting_, room_left_;
  std::deque<Numbered> waiting_;
  std::map<std::size_t, std::string> done_;  // answers that an earlier one holds up
  std::size_t submitted_ = 0;
  std::size_t given_ = 0;
  bool refused_ = false;  // by the sink
  bool finishing_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace saywell
