#include "server/scoring_pool.h"

#include <algorithm>
#include <string>
#include <utility>

namespace saywell {
namespace {

// Before anything was measured: a second of audio takes a fifth of a second, about what the models
// take on a core of 2020. Each job then moves the average by a tenth.
constexpr double kFirstGuess = 0.2;
constexpr double kNewShare = 0.1;
// Models and text cost something even for no audio at all.
constexpr double kLeastCostS = 0.5;

double seconds(ScoringPool::Clock::duration time) {
  return std::chrono::duration<double>(time).count();
}

}  // namespace

ScoringPool::ScoringPool(Options options, Observer observer)
    : max_waiting_(options.max_waiting),
      now_(options.now ? std::move(options.now) : [] { return Clock::now(); }),
      observer_(std::move(observer)) {
  counts_.computing_s_per_audio_s = kFirstGuess;
  for (std::size_t i = 0; i < options.threads; ++i) threads_.emplace_back([this] { work(); });
}

ScoringPool::~ScoringPool() {
  drain(Clock::duration::zero());
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  work_or_stop_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

double ScoringPool::expected_wait_s_locked() const {
  return queued_cost_s_ * counts_.computing_s_per_audio_s / static_cast<double>(threads_.size());
}

Status ScoringPool::admit_locked(const Job& job) const {
  if (draining_) return Status(Code::kTimeout, "the server is shutting down");
  if (queue_.size() >= max_waiting_) {
    return Status(Code::kTimeout,
                  "the queue is full (" + std::to_string(queue_.size()) + " assessments wait)");
  }
  const double own_s = std::max(job.cost_s, kLeastCostS) * counts_.computing_s_per_audio_s;
  if (expected_wait_s_locked() + own_s > seconds(job.deadline - now_())) {
    return Status(Code::kTimeout, "the deadline cannot be met (" + std::to_string(queue_.size()) +
                                      " assessments wait)");
  }
  return Status();
}

Status ScoringPool::admit_in_background_locked() const {
  if (draining_) return Status(Code::kTimeout, "the server is shutting down");
  if (background_.size() < threads_.size()) return Status();
  return Status(Code::kTimeout, "the server has other work");
}

void ScoringPool::submit(Job job) {
  Status admitted;
  {
    const std::lock_guard lock(mutex_);
    admitted = job.in_background ? admit_in_background_locked() : admit_locked(job);
    if (admitted.ok() && job.in_background) {
      background_.push_back({std::move(job), now_()});
    } else if (admitted.ok()) {
      queued_cost_s_ += std::max(job.cost_s, kLeastCostS);
      queue_.push_back({std::move(job), now_()});
    } else {
      ++counts_.refused;
    }
  }
  if (admitted.ok()) {
    work_or_stop_.notify_one();
  } else {
    job.refuse(admitted);
  }
}

void ScoringPool::run_one(Waiting taken, std::unique_lock<std::mutex>& lock) {
  const double cost_s = std::max(taken.job.cost_s, kLeastCostS);
  const bool in_background = taken.job.in_background;
  if (!in_background) queued_cost_s_ -= cost_s;
  ++counts_.running;
  lock.unlock();
  const Clock::time_point started = now_();
  const bool late = started >= taken.job.deadline;
  const bool measured = !late && taken.job.is_assessment;
  if (late) {
    taken.job.refuse(Status(Code::kTimeout, "the deadline passed while it waited"));
  } else {
    taken.job.run(taken.job.deadline);
  }
  const double ran_s = seconds(now_() - started);
  if (measured && observer_) observer_(seconds(started - taken.since), ran_s);
  taken.job = {};  // what it holds is freed outside the lock
  lock.lock();
  --counts_.running;
  if (late) {
    ++counts_.refused;
  } else if (!in_background) {
    ++counts_.done;
  }
  if (measured) {
    counts_.computing_s_per_audio_s +=
        kNewShare * (ran_s / cost_s - counts_.computing_s_per_audio_s);
  }
  if (queue_.empty() && counts_.running == 0) idle_.notify_all();
}

void ScoringPool::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    work_or_stop_.wait(lock,
                       [this] { return stopping_ || !queue_.empty() || !background_.empty(); });
    std::deque<Waiting>& next = queue_.empty() ? background_ : queue_;
    if (next.empty()) return;
    Waiting taken = std::move(next.front());
    next.pop_front();
    run_one(std::move(taken), lock);
  }
}

void ScoringPool::refuse_waiting(std::deque<Waiting>& queue) {
  std::deque<Waiting> refused;
  {
    const std::lock_guard lock(mutex_);
    refused.swap(queue);
    if (&queue == &queue_) queued_cost_s_ = 0;
    counts_.refused += refused.size();
  }
  for (Waiting& waiting : refused) {
    waiting.job.refuse(Status(Code::kTimeout, "the server is shutting down"));
  }
}

bool ScoringPool::drain(Clock::duration patience) {
  bool done = false;
  {
    const std::lock_guard lock(mutex_);
    draining_ = true;
  }
  refuse_waiting(background_);
  {
    std::unique_lock lock(mutex_);
    done =
        idle_.wait_for(lock, patience, [this] { return queue_.empty() && counts_.running == 0; });
  }
  if (!done) refuse_waiting(queue_);
  return done;
}

ScoringPool::Load ScoringPool::load() const {
  const std::lock_guard lock(mutex_);
  Load load = counts_;
  load.waiting = queue_.size();
  return load;
}

}  // namespace saywell
