#include "recognise/sentence_choice.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "text/test_models.h"

namespace saywell {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// Ten tokens and thirty phones; nats below the free score of 0.
SentenceScore score(std::size_t sentence, float decoder, float alignment) {
  return {sentence, decoder, 10, alignment, 30};
}

TEST(RateSentences, TheBestIsSureWhenTheOthersAreFar) {
  const auto rated = rate_sentences({{score(3, -5, -10), score(0, -40, -120)}, 0});
  ASSERT_THAT(rated, SizeIs(2));
  EXPECT_EQ(rated[0].sentence, 3U);
  EXPECT_GT(rated[0].confidence, 0.95);
  EXPECT_LT(rated[1].confidence, 0.01);
}

TEST(RateSentences, TwoAlikeShareTheConfidence) {
  const auto rated = rate_sentences({{score(0, -5, -10), score(1, -5, -10.5F)}, 0});
  EXPECT_NEAR(rated[0].confidence, 0.5, 0.05);
  EXPECT_GT(rated[0].confidence, rated[1].confidence);
}

TEST(RateSentences, NothingIsChosenWhereNothingFits) {
  EXPECT_THAT(rate_sentences({{score(0, -35, -120)}, 0}), IsEmpty());
  const auto doubtful = rate_sentences({{score(0, -28, -57)}, 0});
  ASSERT_THAT(doubtful, SizeIs(1));
  EXPECT_LT(doubtful[0].confidence, 0.7);
}

TEST(RateSentences, AtMostFiveAreNamed) {
  SentenceScores scores;
  for (std::size_t i = 0; i < 9; ++i) scores.sentences.push_back(score(i, -5, -10));
  EXPECT_THAT(rate_sentences(scores), SizeIs(kMaxGuesses));
}

TEST(PronounceSentences, AWordWithoutPronunciationIsNamedWithItsSentence) {
  const auto sentences = pronounce_sentences(test_front_end(), {"yes I do", "no 镇"}, "grammar");
  EXPECT_EQ(sentences.status().code(), Code::kBadParameter);
  EXPECT_EQ(sentences.status().field(), "grammar");
  EXPECT_THAT(sentences.status().detail(), HasSubstr("'no 镇'"));
  EXPECT_THAT(*pronounce_sentences(test_front_end(), {"yes I do", "22"}, "grammar"), SizeIs(2));
}

}  // namespace
}  // namespace saywell
