#include "align/phone_times.h"

#include <gtest/gtest.h>

#include "align/synthetic_posteriors.h"

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

TEST(PhoneTimes, MorePhonesThanRowsIs20303) {
  const Posteriors posteriors = synthetic_posteriors("W", 2);
  const auto tokens = synthetic_variants("W IY|K AO L");
  ReadingPath path;
  path.events = {{ReadingEvent::Kind::kToken, 0, 0, 0, 1}, {ReadingEvent::Kind::kToken, 1, 0, 1, 2}};
  const auto phones = align_phones(posteriors, path, tokens);
  ASSERT_FALSE(phones.ok());
  EXPECT_EQ(phones.status().code(), Code::kNoAlignment);
}

}  // namespace
}  // namespace saywell
