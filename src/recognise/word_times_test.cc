#include "recognise/word_times.h"

#include <gtest/gtest.h>

#include "align/testing/synthetic_posteriors.h"
#include "text/test_models.h"

namespace saywell {
namespace {

ReferenceText text_of(std::string_view text) {
  return *test_front_end().text_to_pronunciations(text);
}

TEST(WordTimes, WordsHaveTheFramesOfTheirPhones) {
  const Posteriors posteriors = synthetic_posteriors("- - W IY - - K AO L -");
  const auto regions = align_words(posteriors, text_of("We call"));
  ASSERT_TRUE(regions.ok()) << regions.status().message();
  ASSERT_EQ(regions->size(), 2U);
  // Three frames per phone, 24 ms each.
  EXPECT_NEAR((*regions)[0].start_s, 6 * 0.024, 0.04);
  EXPECT_NEAR((*regions)[0].end_s, 12 * 0.024, 0.04);
  EXPECT_NEAR((*regions)[1].start_s, 18 * 0.024, 0.04);
  EXPECT_NEAR((*regions)[1].end_s, 27 * 0.024, 0.04);
}

TEST(WordTimes, NumbersAreAlignedAsTheWordsThatSayThem) {
  const Posteriors posteriors = synthetic_posteriors("- T W EH N T IY T UW - K AO L -");
  const auto regions = align_words(posteriors, text_of("22 call"));
  ASSERT_TRUE(regions.ok()) << regions.status().message();
  EXPECT_NEAR((*regions)[0].duration_s(), 24 * 0.024, 0.08);
}

TEST(WordTimes, WordsInventedByTheDecoderStayInOrder) {
  const Posteriors posteriors = synthetic_posteriors("- W IY - K AO L - -");
  const auto regions = align_words(posteriors, text_of("We never call"));
  ASSERT_TRUE(regions.ok()) << regions.status().message();
  ASSERT_EQ(regions->size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_LE((*regions)[i].start_s, (*regions)[i].end_s);
    if (i == 0) continue;
    EXPECT_LE((*regions)[i - 1].end_s, (*regions)[i].start_s + 1e-9);
  }
}

TEST(WordTimes, MorePhonesThanFramesAreRefused) {
  const Posteriors posteriors = synthetic_posteriors("W", 2);
  EXPECT_EQ(align_words(posteriors, text_of("unforgettable")).status().code(), Code::kNoAlignment);
  EXPECT_FALSE(align_words({}, text_of("a")).ok());
}

TEST(WordTimes, PosteriorsAreCutByTheClock) {
  Posteriors posteriors = synthetic_posteriors("W IY K");
  for (std::size_t& frame : posteriors.clock) frame += 100;
  const Posteriors part = posteriors_between(posteriors, 103, 106);
  ASSERT_EQ(part.frame_count(), 3U);
  EXPECT_EQ(part.clock.front(), 103U);
  EXPECT_EQ(part.ctc_at(0)[5], posteriors.ctc_at(3)[5]);
  EXPECT_EQ(part.framewise_at(2)[5], posteriors.framewise_at(5)[5]);
  EXPECT_EQ(posteriors_between(posteriors, 0, 50).frame_count(), 0U);
}

}  // namespace
}  // namespace saywell
