#include "align/phone_times.h"

#include <gtest/gtest.h>

#include "align/testing/synthetic_posteriors.h"

namespace saywell {
namespace {

TEST(PhoneTimes, EveryPhoneGetsItsRows) {
  const Posteriors posteriors = synthetic_posteriors("- W IY - K AO L -");
  const auto tokens = synthetic_variants("W IY|K AO L");
  const auto phones = align_phones(posteriors, find_reading_path(posteriors, tokens), tokens);
  ASSERT_TRUE(phones.ok());
  ASSERT_EQ(phones->size(), 2U);
  ASSERT_EQ((*phones)[1].size(), 3U);
  EXPECT_EQ((*phones)[0][0].begin, 3U);
  EXPECT_EQ((*phones)[0][1].end, 9U);
  EXPECT_EQ((*phones)[1][0].begin, 12U);
  EXPECT_EQ((*phones)[1][2].end, 21U);
}

TEST(PhoneTimes, RowsBecomeSecondsOnTheFrameClock) {
  const Posteriors posteriors = synthetic_posteriors("W IY");
  EXPECT_NEAR(row_begin_s(posteriors, 1), 0.024 + 0.028 - 0.012, 1e-9);
  EXPECT_NEAR(row_end_s(posteriors, 1), row_begin_s(posteriors, 2), 1e-9);
}

TEST(PhonePlaces, ReachFromHalfwayToHalfway) {
  const Posteriors posteriors = synthetic_posteriors("- W IY - K AO L -");
  const auto tokens = synthetic_variants("W IY|K AO L");
  const auto places = place_phones(posteriors, find_reading_path(posteriors, tokens), tokens);
  ASSERT_TRUE(places.ok());
  ASSERT_EQ(places->size(), 2U);
  const PhonePlace &w = (*places)[0][0], &iy = (*places)[0][1], &k = (*places)[1][0];
  EXPECT_EQ(w.peak_row, 4U);
  EXPECT_EQ(iy.peak_row, 7U);
  EXPECT_EQ(k.peak_row, 13U);
  EXPECT_EQ(w.rows.begin, 1U) << "as far before as the next phone is behind";
  EXPECT_EQ(w.rows.end, 6U);
  EXPECT_EQ(iy.rows.begin, 5U);
  EXPECT_EQ(iy.rows.end, 10U);
  EXPECT_EQ(k.rows.begin, 10U);
}

TEST(PhonePlaces, OtherSpeechLeavesItsNeighboursTheirRows) {
  const Posteriors posteriors = synthetic_posteriors("W IY S T R K AO L");
  const auto tokens = synthetic_variants("W IY|K AO L");
  ReadingPath path;
  path.events = {{ReadingEvent::Kind::kToken, 0, 0, 0, 6},
                 {ReadingEvent::Kind::kOtherSpeech, 1, 0, 6, 15},
                 {ReadingEvent::Kind::kToken, 1, 0, 15, 24}};
  const auto places = place_phones(posteriors, path, tokens);
  ASSERT_TRUE(places.ok());
  EXPECT_EQ((*places)[0][1].peak_row, 4U);
  EXPECT_TRUE((*places)[1].empty());
  EXPECT_EQ((*places)[2][0].peak_row, 16U);
}

TEST(PhoneTimes, MorePhonesThanRowsIs20303) {
  const Posteriors posteriors = synthetic_posteriors("W", 2);
  const auto tokens = synthetic_variants("W IY|K AO L");
  ReadingPath path;
  path.events = {{ReadingEvent::Kind::kToken, 0, 0, 0, 1},
                 {ReadingEvent::Kind::kToken, 1, 0, 1, 2}};
  const auto phones = align_phones(posteriors, path, tokens);
  ASSERT_FALSE(phones.ok());
  EXPECT_EQ(phones.status().code(), Code::kNoAlignment);
}

}  // namespace
}  // namespace saywell
