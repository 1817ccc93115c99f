#include "server/recording/partial_results.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <future>
#include <vector>

namespace saywell {
namespace {

using testing::ElementsAre;

// Words with these ends (ms; 0: not read) in a recording of `audio_ms`.
Assessment reading(double audio_ms, const std::vector<double>& ends_ms) {
  Assessment assessment;
  assessment.core_type = "en.rltm.score";
  assessment.audio_ms = audio_ms;
  for (const double end_ms : ends_ms) {
    WordResult word;
    word.text = "w" + std::to_string(assessment.words.size());
    if (end_ms > 0) word.time = TimeSpanMs{end_ms - 100, end_ms};
    assessment.words.push_back(std::move(word));
  }
  return assessment;
}

TEST(SettledWords, AreThoseThatEndedSomeTimeAgo) {
  EXPECT_EQ(settled_words(reading(1000, {})), 0U);
  EXPECT_EQ(settled_words(reading(1000, {300, 600, 0})), 2U);
  EXPECT_EQ(settled_words(reading(1000, {300, 900, 0})), 1U);
  EXPECT_EQ(settled_words(reading(1000, {0, 0})), 0U);
}

TEST(SettledWords, AJumpIsBelievedLater) {
  EXPECT_EQ(settled_words(reading(1000, {200, 0, 600})), 1U);
  EXPECT_EQ(settled_words(reading(2000, {200, 0, 600})), 3U);
}

class PartialResultsTest : public testing::Test {
 protected:
  // Waits for the pool to have done what was submitted: until then it refuses more in the
  // background.
  void wait_for_pool() {
    bool admitted = false;
    while (!admitted) {
      std::promise<bool> done;
      ScoringPool::Job job;
      job.deadline = pool.now() + std::chrono::hours(1);
      job.run = [&](auto) { done.set_value(true); };
      job.refuse = [&](const Status&) { done.set_value(false); };
      job.in_background = true;
      pool.submit(std::move(job));
      admitted = done.get_future().get();
    }
  }

  std::shared_ptr<PartialResults> listening() {
    Engine engine;
    engine.assess = [this](const Recording& recording, const Request& request) {
      EXPECT_EQ(request.quality, QualityMode::kAdvise);
      heard_s.push_back(recording.duration_s());
      Result<Assessment> answer = next;
      if (answer.ok()) answer->audio_ms += 200;  // the silence behind
      return answer;
    };
    return std::make_shared<PartialResults>(
        pool, std::make_shared<const Engine>(std::move(engine)), Request{}, Presentation{},
        [this](const boost::json::object& result) {
          told.push_back(result.at("details").as_array().size());
        });
  }

  Result<Assessment> next = reading(1000, {300, 600, 0});
  std::vector<double> heard_s;
  std::vector<std::size_t> told;
  ScoringPool pool{{1, 4, {}}, nullptr};
};

TEST_F(PartialResultsTest, ToldAreNewWordsOnly) {
  const auto partials = listening();
  const std::vector<float> half_second(8000);
  partials->push(half_second);  // too little
  partials->push(half_second);
  wait_for_pool();
  EXPECT_THAT(heard_s, ElementsAre(1.2));
  next = reading(2000, {300, 1900, 0});  // less than was told
  partials->push(half_second);
  partials->push(half_second);
  wait_for_pool();
  next = reading(3000, {300, 1900, 2500});
  partials->push(half_second);
  partials->push(half_second);
  wait_for_pool();
  EXPECT_THAT(heard_s, ElementsAre(1.2, 2.2, 3.2));
  EXPECT_THAT(told, ElementsAre(2U, 3U));
}

TEST_F(PartialResultsTest, NothingIsToldAfterTheEnd) {
  const auto partials = listening();
  partials->end();
  partials->push(std::vector<float>(16'000));
  wait_for_pool();
  EXPECT_TRUE(heard_s.empty());
  EXPECT_TRUE(told.empty());
}

TEST_F(PartialResultsTest, WhatCannotBeRecognisedYetIsPassedOver) {
  const auto partials = listening();
  next = Status(Code::kNothingRecognised, "text", "nothing of it was heard");
  partials->push(std::vector<float>(16'000));
  wait_for_pool();
  next = reading(2000, {500});
  partials->push(std::vector<float>(16'000));
  wait_for_pool();
  EXPECT_THAT(told, ElementsAre(1U));
}

}  // namespace
}  // namespace saywell
