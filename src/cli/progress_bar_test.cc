#include "cli/progress_bar.h"

#include <gtest/gtest.h>

namespace saywell::cli {
namespace {

TEST(ProgressText, TellsRateAndTimeLeft) {
  EXPECT_EQ(progress_text(600, 2400, 20),
            "  600/2400 [######------------------]  30.0/s  1:00 left");
  EXPECT_EQ(progress_text(1, 7202, 1), "  1/7202 [------------------------]  1.0/s  2:00:01 left");
}

TEST(ProgressText, AtBothEnds) {
  EXPECT_EQ(progress_text(0, 10, 0), "  0/10 [------------------------]  0.0/s");
  EXPECT_EQ(progress_text(10, 10, 5), "  10/10 [########################]  2.0/s");
  EXPECT_EQ(progress_text(0, 0, 1), "  0/0 [########################]  0.0/s");
}

TEST(ProgressText, OfAStreamHasNoEnd) {
  EXPECT_EQ(progress_text(5, std::nullopt, 2), "  5  2.5/s");
}

}  // namespace
}  // namespace saywell::cli
