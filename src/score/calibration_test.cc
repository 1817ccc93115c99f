#include "score/calibration.h"

#include <gtest/gtest.h>

namespace saywell {
namespace {

TEST(Calibration, KeepsTheEndsAndTheOrder) {
  EXPECT_DOUBLE_EQ(calibrate_total(0), 0);
  EXPECT_DOUBLE_EQ(calibrate_total(100), 100);
  for (double score = 0; score < 100; score += 0.5) {
    EXPECT_LT(calibrate_total(score), calibrate_total(score + 0.5)) << score;
  }
}

TEST(Calibration, ChangesWeakReadingsLittle) { EXPECT_NEAR(calibrate_total(50), 51, 0.5); }

TEST(Calibration, TakesWhatIsOutsideToTheEnds) {
  EXPECT_DOUBLE_EQ(calibrate_total(-3), 0);
  EXPECT_DOUBLE_EQ(calibrate_total(104), 100);
}

}  // namespace
}  // namespace saywell
