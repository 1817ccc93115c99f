#include "server/scoring_pool.h"

#include <algorithm>
#include <string>
#include <utility>

namespace saywell {
namespace {

// Before any measurement: a second of audio takes a fifth of a second, about as on a core of 2020.
// Each job then moves the average by a tenth.
constexpr double kFirstGuess = 0.2;
constexpr double kNewShare = 0.1;
// Models and text cost something even without audio.
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
    const MutexLock lock(mutex_);
    stopping_ = true;
  }
  work_or_stop_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

double ScoringPool::expected_wait_s() const {
  return queued_cost_s_ * counts_.computing_s_per_audio_s / static_cast<double>(threads_.size());
}

Status ScoringPool::admit(const Job& job) const {
  if (draining_) return Status(Code::kTimeout, "the server is shutting down");
  if (queue_.size() >= max_waiting_) {
    return Status(Code::kTimeout,
                  "the queue is full (" + std::to_string(queue_.size()) + " assessments wait)");
  }
  const double own_s = std::max(job.cost_s, kLeastCostS) * counts_.computing_s_per_audio_s;
  if (expected_wait_s() + own_s > seconds(job.deadline - now_())) {
    return Status(Code::kTimeout, "the deadline cannot be met (" + std::to_string(queue_.size()) +
                                      " assessments wait)");
  }
  return Status();
}

Status ScoringPool::admit_in_background() const {
  if (draining_) return Status(Code::kTimeout, "the server is shutting down");
  if (background_.size() < threads_.size()) return Status();
  return Status(Code::kTimeout, "the server has other work");
}

void ScoringPool::submit(Job job) {
  Status admitted;
  {
    const MutexLock lock(mutex_);
    admitted = job.in_background ? admit_in_background() : admit(job);
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

ScoringPool::Run ScoringPool::run(Waiting taken) {
  Run run;
  run.cost_s = std::max(taken.job.cost_s, kLeastCostS);
  run.in_background = taken.job.in_background;
  const Clock::time_point started = now_();
  run.late = started >= taken.job.deadline;
  run.measured = !run.late && taken.job.is_assessment;
  if (run.late) {
    taken.job.refuse(Status(Code::kTimeout, "the deadline passed while it waited"));
  } else {
    taken.job.run(taken.job.deadline);
  }
  run.ran_s = seconds(now_() - started);
  if (run.measured && observer_) observer_(seconds(started - taken.since), run.ran_s);
  return run;
}

void ScoringPool::account(const Run& run) {
  --counts_.running;
  if (run.late) {
    ++counts_.refused;
  } else if (!run.in_background) {
    ++counts_.done;
  }
  if (run.measured) {
    counts_.computing_s_per_audio_s +=
        kNewShare * (run.ran_s / run.cost_s - counts_.computing_s_per_audio_s);
  }
  if (is_idle()) idle_.notify_all();
}

bool ScoringPool::is_idle() const { return queue_.empty() && counts_.running == 0; }

void ScoringPool::work() {
  MutexLock lock(mutex_);
  while (true) {
    while (!stopping_ && queue_.empty() && background_.empty()) work_or_stop_.wait(lock);
    std::deque<Waiting>& next = queue_.empty() ? background_ : queue_;
    if (next.empty()) return;
    Waiting taken = std::move(next.front());
    next.pop_front();
    if (!taken.job.in_background) queued_cost_s_ -= std::max(taken.job.cost_s, kLeastCostS);
    ++counts_.running;
    lock.unlock();
    const Run done = run(std::move(taken));  // frees what the job holds, outside the lock
    lock.lock();
    account(done);
  }
}

std::deque<ScoringPool::Waiting> ScoringPool::take_waiting(std::deque<Waiting>& queue) {
  if (&queue == &queue_) queued_cost_s_ = 0;
  counts_.refused += queue.size();
  return std::exchange(queue, {});
}

bool ScoringPool::drain(Clock::duration patience) {
  const auto refuse = [](std::deque<Waiting> refused) {
    for (Waiting& waiting : refused) {
      waiting.job.refuse(Status(Code::kTimeout, "the server is shutting down"));
    }
  };
  const auto end = std::chrono::steady_clock::now() + patience;
  MutexLock lock(mutex_);
  draining_ = true;
  std::deque<Waiting> refused = take_waiting(background_);
  lock.unlock();
  refuse(std::move(refused));

  lock.lock();
  while (!is_idle() && idle_.wait_until(lock, end) != std::cv_status::timeout) {
  }
  const bool done = is_idle();
  refused = take_waiting(queue_);
  lock.unlock();
  refuse(std::move(refused));
  return done;
}

ScoringPool::Load ScoringPool::load() const {
  const MutexLock lock(mutex_);
  Load load = counts_;
  load.waiting = queue_.size();
  return load;
}

}  // namespace saywell
