#include "recognise/word_confidence.h"

#include <gtest/gtest.h>

namespace saywell {
namespace {

TEST(WordConfidence, RisesWithBothParts) {
  const double best = word_confidence({-0.02F, -0.05F});
  EXPECT_GT(best, 0.9);
  EXPECT_LE(best, 1.0);
  EXPECT_LT(word_confidence({-3.0F, -0.05F}), best);
  EXPECT_LT(word_confidence({-0.02F, -1.0F}), best);
}

TEST(WordConfidence, IsLowWhereTheDecoderGuessed) {
  EXPECT_LT(word_confidence({-2.0F, -0.8F}), 0.1);
}

}  // namespace
}  // namespace saywell
