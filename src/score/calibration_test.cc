#include "score/calibration.h"

#include <gtest/gtest.h>

namespace saywell {
namespace {

TEST(Calibration, KeepsTheEndsAndTheOrder) {
  EXPECT_DOUBLE_EQ(calibrate_sentence(0), 0);
  EXPECT_DOUBLE_EQ(calibrate_sentence(100), 100);
  for (double score = 0; score < 100; score += 0.5) {
    EXPECT_LT(calibrate_sentence(score), calibrate_sentence(score + 0.5)) << score;
  }
}

TEST(Calibration, ChangesWeakReadingsLittle) { EXPECT_NEAR(calibrate_sentence(50), 52, 0.5); }

TEST(Calibration, TakesWhatIsOutsideToTheEnds) {
  EXPECT_DOUBLE_EQ(calibrate_sentence(-3), 0);
  EXPECT_DOUBLE_EQ(calibrate_sentence(104), 100);
}

}  // namespace
}  // namespace saywell
