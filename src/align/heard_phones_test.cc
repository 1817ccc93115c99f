#include "align/heard_phones.h"

#include <gtest/gtest.h>

#include <cmath>

#include "align/testing/synthetic_posteriors.h"

namespace saywell {
namespace {

std::string heard_in(const Posteriors& posteriors, RowSpan rows) {
  std::string names;
  for (const HeardPhone& heard : hear_phones(posteriors, rows)) {
    names += (names.empty() ? "" : " ") + std::string(phone_name(heard.phone));
  }
  return names;
}

TEST(HeardPhones, ThePhonesOfTheRowsInOrder) {
  const Posteriors posteriors = synthetic_posteriors("- W IY - K AO L -", 3);
  EXPECT_EQ(heard_in(posteriors, {0, posteriors.frame_count()}), "W IY K AO L");
  EXPECT_EQ(heard_in(posteriors, {3, 9}), "W IY");
  EXPECT_EQ(heard_in(posteriors, {0, 3}), "");
}

TEST(HeardPhones, APhoneThatGoesOnIsOneAndAfterBlankAnother) {
  Posteriors posteriors = synthetic_posteriors("S - S", 1);
  EXPECT_EQ(heard_in(posteriors, {0, 3}), "S S");
  posteriors = synthetic_posteriors("S S", 1);
  EXPECT_EQ(heard_in(posteriors, {0, 2}), "S");
}

TEST(HeardPhones, ProbabilityIsTheHighestAndRowTheFirst) {
  Posteriors posteriors = synthetic_posteriors("- S S", 1);
  const std::size_t column = *parse_arpabet("S") + 1U;
  posteriors.ctc[1 * kPosteriorColumns + column] = std::log(0.7F);
  posteriors.ctc[2 * kPosteriorColumns + column] = std::log(0.9F);
  const std::vector<HeardPhone> heard = hear_phones(posteriors, {0, 3});
  ASSERT_EQ(heard.size(), 1U);
  EXPECT_NEAR(heard[0].probability, 0.9, 1e-6);
  EXPECT_EQ(heard[0].row, 1U);
}

}  // namespace
}  // namespace saywell
