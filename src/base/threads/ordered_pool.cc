#include "base/threads/ordered_pool.h"

#include <cassert>
#include <utility>

namespace saywell {

OrderedPool::OrderedPool(std::size_t thread_count, Sink sink)
    : window_(thread_count * kWindowPerThread), sink_(std::move(sink)) {
  assert(thread_count >= 1);
  for (std::size_t i = 0; i < thread_count; ++i) threads_.emplace_back([this] { work(); });
}

OrderedPool::~OrderedPool() { finish(); }

bool OrderedPool::submit(Job job) {
  MutexLock lock(mutex_);
  while (!refused_ && submitted_ - given_ >= window_) room_left_.wait(lock);
  if (refused_) return false;
  waiting_.push_back({submitted_++, std::move(job)});
  job_waiting_.notify_one();
  return true;
}

void OrderedPool::finish() {
  {
    const MutexLock lock(mutex_);
    finishing_ = true;
  }
  job_waiting_.notify_all();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

void OrderedPool::work() {
  MutexLock lock(mutex_);
  while (true) {
    while (!refused_ && !finishing_ && waiting_.empty()) job_waiting_.wait(lock);
    if (refused_ || waiting_.empty()) return;
    const Numbered next = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    std::string answer = next.job();
    lock.lock();
    done_.emplace(next.number, std::move(answer));
    give_answers();
  }
}

// Called under the lock, which keeps the answers in order; the sink only writes a line.
void OrderedPool::give_answers() {
  while (!refused_ && !done_.empty() && done_.begin()->first == given_) {
    refused_ = !sink_(done_.begin()->second);
    done_.erase(done_.begin());
    ++given_;
  }
  if (refused_) job_waiting_.notify_all();
  room_left_.notify_one();
}

}  // namespace saywell
