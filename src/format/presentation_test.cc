#include "format/presentation.h"

#include <gtest/gtest.h>

#include <limits>

namespace saywell {
namespace {

TEST(ShownScore, IsRoundedToThePrecision) {
  EXPECT_EQ(shown_score(87.26, {100, 1}), 87);
  EXPECT_EQ(shown_score(87.5, {100, 1}), 88);
  EXPECT_EQ(shown_score(87.26, {100, 0.5}), 87.5);
  EXPECT_EQ(shown_score(87.26, {100, 0.1}), 87.3);
}

TEST(ShownScore, OfALowerRankIsAWholeNumberWhateverThePrecision) {
  for (const double precision : {1.0, 0.5, 0.1}) {
    EXPECT_EQ(shown_score(100, {4, precision}), 4);
    EXPECT_EQ(shown_score(87.5, {4, precision}), 4);
    EXPECT_EQ(shown_score(87.4, {4, precision}), 3);
    EXPECT_EQ(shown_score(0, {4, precision}), 0);
    EXPECT_EQ(shown_score(50, {5, precision}), 3);
    EXPECT_EQ(shown_score(74, {2, precision}), 1);
  }
}

TEST(ShownScore, StaysWithinItsRange) {
  EXPECT_EQ(shown_score(103, {}), 100);
  EXPECT_EQ(shown_score(-2, {}), 0);
  EXPECT_EQ(shown_score(std::numeric_limits<double>::quiet_NaN(), {}), 0);
  EXPECT_EQ(shown_score(std::numeric_limits<double>::infinity(), {5, 1}), 0);
}

TEST(ShownPhone, FollowsTheAlphabet) {
  EXPECT_EQ(shown_phone("sh", Alphabet::kArpabet), "sh");
  EXPECT_EQ(shown_phone("sh", Alphabet::kIpa), "ʃ");
  EXPECT_EQ(shown_phone("", Alphabet::kIpa), "");
}

TEST(ShownPhones, TouchPhonesAlone) {
  EXPECT_EQ(shown_phones("k ae t", Alphabet::kIpa), "k æ t");
  EXPECT_EQ(shown_phones("k ae t", Alphabet::kArpabet), "k ae t");
  EXPECT_EQ(shown_phones("the cat", Alphabet::kIpa), "the cat");
  EXPECT_EQ(shown_phones("", Alphabet::kIpa), "");
}

}  // namespace
}  // namespace saywell
