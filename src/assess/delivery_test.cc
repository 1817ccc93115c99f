#include "assess/delivery.h"

#include <gtest/gtest.h>

#include "align/testing/synthetic_alignment.h"
#include "assess/testing/synthetic_analysis.h"

namespace saywell {
namespace {

constexpr const char *kWords = "we call it", *kTokens = "W IY|K AO L|IH T";

Analysis plain_reading() {
  return synthetic_analysis("W IY K AO L IH T", kTokens,
                            {said(0, {0, 6}), said(1, {6, 15}), said(2, {15, 21})});
}

// Words that were said at these times, in ms; an empty span: omitted.
std::vector<WordResult> words_at(const std::vector<TimeSpanMs>& times) {
  std::vector<WordResult> words(times.size());
  for (std::size_t w = 0; w < words.size(); ++w) {
    if (times[w].end_ms > times[w].start_ms) words[w].time = times[w];
    words[w].stress_score = 80;
  }
  return words;
}

std::vector<WordResult> delivered(std::string_view ref_text, const ReferenceText& text,
                                  const std::vector<TimeSpanMs>& times,
                                  const Analysis& analysis = plain_reading()) {
  std::vector<WordResult> words = words_at(times);
  add_delivery(analysis, text, ref_text, words);
  return words;
}

TEST(Delivery, APauseIsHeardFrom200MsOn) {
  const auto words =
      delivered(kWords, synthetic_reference(kWords, kTokens), {{0, 100}, {299, 400}, {600, 700}});
  EXPECT_FALSE(words[0].pause_heard);
  EXPECT_TRUE(words[1].pause_heard);
  EXPECT_FALSE(words[2].pause_heard) << "nothing follows";
  EXPECT_EQ(words[0].fluency, 100);
  EXPECT_EQ(words[1].fluency, 100 - 200 / 10.0) << "no pause belongs there";
}

TEST(Delivery, ACommaAsksForAPauseAndAMarkDecides) {
  const std::string text = "we, call it.";
  ReferenceText reference = synthetic_reference("we, call it.", kTokens);
  reference.tokens[0].end = 2;
  reference.tokens[2].end = text.size() - 1;
  const std::vector<TimeSpanMs> times = {{0, 100}, {500, 600}, {600, 700}};
  std::vector<WordResult> words = delivered(text, reference, times);
  EXPECT_TRUE(words[0].pause_asked);
  EXPECT_EQ(words[0].fluency, 100) << "the pause was asked for";
  EXPECT_FALSE(words[1].pause_asked);
  EXPECT_FALSE(words[2].pause_asked) << "the end of the text";
  reference.tokens[0].pause_after = false;
  EXPECT_FALSE(delivered(text, reference, times)[0].pause_asked);
}

TEST(Delivery, AnOmittedWordHasNoFluencyAndPausesReachOverIt) {
  const auto words =
      delivered(kWords, synthetic_reference(kWords, kTokens), {{0, 100}, {}, {400, 500}});
  EXPECT_EQ(words[1].fluency, 0);
  EXPECT_TRUE(words[0].pause_heard);
}

TEST(Delivery, APitchThatGoesUpIsARise) {
  Analysis analysis = plain_reading();
  std::vector<float>& f0_hz = analysis.prosody.f0.f0_hz;
  for (std::size_t step = f0_hz.size() / 2; step < f0_hz.size(); ++step)
    f0_hz[step] = 100 + 3 * static_cast<float>(step - f0_hz.size() / 2);
  const auto words = delivered(kWords, synthetic_reference(kWords, kTokens),
                               {{0, 150}, {150, 250}, {250, 550}}, analysis);
  EXPECT_FALSE(words[0].rising_heard);
  EXPECT_TRUE(words[2].rising_heard);
}

ReadingScores rated(const std::vector<WordResult>& words, double rhythm_overall = 70) {
  ReadingScores scores;
  scores.rhythm = RhythmResult{rhythm_overall, 0, 0, 0};
  rate_delivery(words, 0, words.size(), scores);
  return scores;
}

TEST(RateDelivery, SpeedIsInWordsPerMinuteFromTheFirstToTheLastWord) {
  const ReadingScores scores = rated(words_at({{1000, 1500}, {1500, 2000}, {2000, 3000}}));
  EXPECT_DOUBLE_EQ(scores.fluency.speed, 3 / 2000.0 * 60000);
  EXPECT_EQ(scores.fluency.pause, 100);
}

TEST(RateDelivery, UnaskedPausesCostPointsAndAskedOnesNone) {
  std::vector<WordResult> words = words_at({{0, 500}, {1000, 1500}, {1500, 2000}});
  words[0].pause_heard = true;
  const double unasked = rated(words).fluency.pause;
  EXPECT_DOUBLE_EQ(unasked, 100 - (12 + 60 * 500 / 2000.0));
  words[0].pause_asked = true;
  EXPECT_EQ(rated(words).fluency.pause, 100);
}

TEST(RateDelivery, WithoutMarksRhythmTakesWordStressAndTheProsodicScore) {
  const ReadingScores scores = rated(words_at({{0, 500}, {500, 900}}));
  EXPECT_EQ(scores.rhythm->stress, 80);
  EXPECT_EQ(scores.rhythm->tone, 70);
  EXPECT_EQ(scores.rhythm->sense, 100);
}

TEST(RateDelivery, MarkedWordsAreCountedWhereTheyWereHeardOrHaveTheirStress) {
  std::vector<WordResult> words = words_at({{0, 500}, {500, 900}, {900, 1200}});
  words[0].stressed_asked = words[2].stressed_asked = true;
  words[0].stress_score = 49;
  words[2].stress_score = 49.5;
  words[1].rising_asked = words[1].rising_heard = true;
  EXPECT_EQ(rated(words).rhythm->stress, 50);
  EXPECT_EQ(rated(words).rhythm->tone, 100);
}

TEST(RateDelivery, TheRhythmsStressAgreesWithTheStressOfTheMarkedWords) {
  std::vector<WordResult> words = words_at({{0, 400}, {400, 800}});
  words[0].stress_score = 30;
  words[1].stressed_asked = true;
  words[1].stress_score = 100;
  EXPECT_EQ(rated(words).rhythm->stress, 100);
  words[1].stress_score = 49;
  EXPECT_EQ(rated(words).rhythm->stress, 0);
}

TEST(RateDelivery, OnlyTheWordsOfThePartCount) {
  std::vector<WordResult> words = words_at({{0, 400}, {400, 800}, {800, 1200}, {1200, 1600}});
  for (std::size_t w = 0; w < words.size(); ++w) {
    words[w].stressed_asked = true;
    words[w].stress_score = w < 2 ? 100 : 0;
  }
  ReadingScores scores;
  scores.rhythm = RhythmResult{};
  rate_delivery(words, 0, 2, scores);
  EXPECT_EQ(scores.rhythm->stress, 100);
  rate_delivery(words, 2, 4, scores);
  EXPECT_EQ(scores.rhythm->stress, 0);
}

TEST(RateDelivery, NothingSaidIsNotRated) {
  const ReadingScores scores = rated(words_at({{}, {}}));
  EXPECT_EQ(scores.fluency.speed, 0);
  EXPECT_EQ(scores.rhythm->stress, 0);
}

}  // namespace
}  // namespace saywell
