#include "base/threads/ordered_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>

namespace saywell {
namespace {

TEST(OrderedPool, GivesAnswersInTheOrderOfTheJobs) {
  std::vector<std::string> answers;
  {
    OrderedPool pool(3, [&](const std::string& answer) {
      answers.push_back(answer);
      return true;
    });
    for (int i = 0; i < 500; ++i) {
      ASSERT_TRUE(pool.submit([i] { return std::to_string(i); }));
    }
  }
  ASSERT_EQ(answers.size(), 500u);
  for (int i = 0; i < 500; ++i) EXPECT_EQ(answers[i], std::to_string(i));
}

TEST(OrderedPool, HoldsBackAnAnswerUntilThoseBeforeItAreThere) {
  std::latch second_done(1);
  std::vector<std::string> answers;
  OrderedPool pool(2, [&](const std::string& answer) {
    answers.push_back(answer);
    return true;
  });
  pool.submit([&] {
    second_done.wait();
    return std::string("first");
  });
  pool.submit([&] {
    second_done.count_down();
    return std::string("second");
  });
  pool.finish();
  EXPECT_EQ(answers, (std::vector<std::string>{"first", "second"}));
}

TEST(OrderedPool, KeepsABoundedNumberOfJobs) {
  std::atomic<int> open = 0;
  std::atomic<int> most = 0;
  {
    OrderedPool pool(2, [&](const std::string&) {
      --open;
      return true;
    });
    for (int i = 0; i < 200; ++i) {
      pool.submit([] { return std::string(); });
      most = std::max(most.load(), ++open);
    }
  }
  // One job more may be counted before it is submitted, one answer delivered before it is counted.
  EXPECT_LE(most, static_cast<int>(2 * OrderedPool::kWindowPerThread) + 1);
  EXPECT_EQ(open, 0);
}

TEST(OrderedPool, StopsWhenTheSinkWantsNoMore) {
  std::vector<std::string> answers;
  OrderedPool pool(2, [&](const std::string& answer) {
    answers.push_back(answer);
    return answers.size() < 3;
  });
  bool accepted = true;
  for (int i = 0; i < 1000 && accepted; ++i) accepted = pool.submit([] { return std::string(); });
  EXPECT_FALSE(accepted);
  pool.finish();
  EXPECT_EQ(answers.size(), 3u);
}

TEST(OrderedPool, WithoutJobsEnds) {
  OrderedPool pool(4, [](const std::string&) { return true; });
  pool.finish();
  pool.finish();
}

}  // namespace
}  // namespace saywell
