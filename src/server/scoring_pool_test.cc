#include "server/scoring_pool.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <string>
#include <vector>

namespace saywell {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using Clock = ScoringPool::Clock;

// A clock that stands still until a test moves it; read by all threads of the pool.
struct TestClock {
  std::atomic<Clock::rep> ticks = Clock::duration(1000s).count();
  Clock::time_point now() const { return Clock::time_point(Clock::duration(ticks.load())); }
  void advance(Clock::duration time) { ticks += time.count(); }
};

// A job that runs until it is let go, and tells what became of it.
struct Held {
  std::promise<void> started, release;
  std::promise<Status> outcome;

  ScoringPool::Job job(Clock::time_point deadline, double cost_s = 1) {
    return {cost_s, deadline,
            [this](Clock::time_point) {
              started.set_value();
              release.get_future().wait();
              outcome.set_value(Status());
            },
            [this](const Status& status) { outcome.set_value(status); }};
  }
  void wait_until_started() { started.get_future().wait(); }
  Status wait_for_outcome() { return outcome.get_future().get(); }
};

class ScoringPoolTest : public testing::Test {
 protected:
  ScoringPool::Options options(std::size_t threads, std::size_t max_waiting) {
    return {threads, max_waiting, [this] { return clock.now(); }};
  }
  Clock::time_point later() const { return clock.now() + 1000s; }

  TestClock clock;
};

TEST_F(ScoringPoolTest, BackgroundWorkWaitsForAllElseAndIsSoonRefused) {
  Held first, second;
  ScoringPool pool(options(1, 4), nullptr);
  pool.submit(first.job(later()));
  first.wait_until_started();
  std::vector<std::string> order;
  std::promise<void> done;
  Status refused;
  const auto note = [&](const char* what) {
    return ScoringPool::Job{1, later(),
                            [&, what](Clock::time_point) {
                              order.emplace_back(what);
                              if (order.size() == 2) done.set_value();
                            },
                            [&](const Status& status) { refused = status; }};
  };
  ScoringPool::Job behind = note("background"), too_much = note("too much");
  behind.in_background = too_much.in_background = true;
  pool.submit(std::move(behind));
  pool.submit(std::move(too_much));
  EXPECT_EQ(refused.code(), Code::kTimeout);
  pool.submit(note("foreground"));
  first.release.set_value();
  done.get_future().wait();
  EXPECT_THAT(order, testing::ElementsAre("foreground", "background"));
}

TEST_F(ScoringPoolTest, RunsWhatItTakes) {
  Held first, second;
  ScoringPool pool(options(2, 4), nullptr);
  first.release.set_value();
  second.release.set_value();
  pool.submit(first.job(later()));
  pool.submit(second.job(later()));
  EXPECT_TRUE(first.wait_for_outcome().ok());
  EXPECT_TRUE(second.wait_for_outcome().ok());
  EXPECT_TRUE(pool.drain(100s));
  EXPECT_EQ(pool.load().done, 2U);
}

TEST_F(ScoringPoolTest, RefusesAtOnceWhenTheQueueIsFull) {
  Held running, waiting, refused;
  ScoringPool pool(options(1, 1), nullptr);
  pool.submit(running.job(later()));
  running.wait_until_started();
  pool.submit(waiting.job(later()));
  pool.submit(refused.job(later()));
  const Status status = refused.wait_for_outcome();
  EXPECT_EQ(status.code(), Code::kTimeout);
  EXPECT_THAT(status.explanation(), HasSubstr("queue is full"));
  EXPECT_EQ(pool.load().waiting, 1U);
  EXPECT_EQ(pool.load().refused, 1U);
  waiting.release.set_value();
  running.release.set_value();
  EXPECT_TRUE(waiting.wait_for_outcome().ok());
}

TEST_F(ScoringPoolTest, RefusesAtOnceWhatCannotEndInTime) {
  Held running, waiting, hopeless, quick;
  ScoringPool pool(options(1, 10), nullptr);
  pool.submit(running.job(later()));
  running.wait_until_started();
  pool.submit(waiting.job(later(), 100));  // about 20 s of computing
  pool.submit(hopeless.job(clock.now() + 10s));
  EXPECT_THAT(hopeless.wait_for_outcome().explanation(), HasSubstr("deadline cannot be met"));
  pool.submit(quick.job(clock.now() + 30s));
  waiting.release.set_value();
  running.release.set_value();
  quick.release.set_value();
  EXPECT_TRUE(quick.wait_for_outcome().ok());
}

TEST_F(ScoringPoolTest, RefusesWhatWaitedBeyondItsDeadline) {
  Held running, late;
  ScoringPool pool(options(1, 10), nullptr);
  pool.submit(running.job(later()));
  running.wait_until_started();
  pool.submit(late.job(clock.now() + 10s));
  clock.advance(11s);
  running.release.set_value();
  EXPECT_THAT(late.wait_for_outcome().explanation(), HasSubstr("passed while it waited"));
}

TEST_F(ScoringPoolTest, DrainingRefusesNewWorkAndWhatStillWaits) {
  Held running, waiting, refused;
  ScoringPool pool(options(1, 10), nullptr);
  pool.submit(running.job(later()));
  running.wait_until_started();
  pool.submit(waiting.job(later()));
  EXPECT_FALSE(pool.drain(0s));
  EXPECT_EQ(waiting.wait_for_outcome().code(), Code::kTimeout);
  pool.submit(refused.job(later()));
  EXPECT_THAT(refused.wait_for_outcome().explanation(), HasSubstr("shutting down"));
  running.release.set_value();
  EXPECT_TRUE(running.wait_for_outcome().ok());
  EXPECT_TRUE(pool.drain(100s));
}

TEST_F(ScoringPoolTest, TellsHowLongJobsWaitedAndRan) {
  std::promise<std::pair<double, double>> told;
  Held running;
  ScoringPool pool(options(1, 10), [&](double waited_s, double ran_s) {
    told.set_value({waited_s, ran_s});
  });
  pool.submit(running.job(later()));
  running.wait_until_started();
  clock.advance(3s);
  running.release.set_value();
  EXPECT_EQ(told.get_future().get(), std::make_pair(0.0, 3.0));
}

TEST_F(ScoringPoolTest, OnlyAssessmentsAreMeasured) {
  Held assessment, other;
  std::atomic<int> observed = 0;
  ScoringPool pool(options(1, 4), [&](double, double) { ++observed; });
  ScoringPool::Job job = other.job(later());
  job.is_assessment = false;
  const double before = pool.load().computing_s_per_audio_s;
  pool.submit(std::move(job));
  other.wait_until_started();
  clock.advance(10s);
  other.release.set_value();
  EXPECT_TRUE(other.wait_for_outcome().ok());
  assessment.release.set_value();
  pool.submit(assessment.job(later()));
  EXPECT_TRUE(pool.drain(100s));
  EXPECT_EQ(observed, 1);
  EXPECT_EQ(pool.load().done, 2U);
  EXPECT_LE(pool.load().computing_s_per_audio_s, before);
}

}  // namespace
}  // namespace saywell
