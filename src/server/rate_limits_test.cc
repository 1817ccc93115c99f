#include "server/rate_limits.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace saywell {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

class RateLimitsTest : public testing::Test {
 protected:
  RateLimits::Clock::time_point now{1000s};
  RateLimits limits{[this] { return now; }};
};

TEST_F(RateLimitsTest, SoManyInAnyMinute) {
  ApplicationLimits given;
  given.assessments_per_minute = 6;
  for (int i = 0; i < 6; ++i) {
    EXPECT_TRUE(limits.take("a", given).ok());
    now += 5s;
  }
  const Status refused = limits.take("a", given);
  EXPECT_EQ(refused.code(), Code::kTimeout);
  EXPECT_THAT(refused.explanation(), HasSubstr("6 assessments a minute"));
  EXPECT_TRUE(limits.take("b", given).ok());
  now += 29s;  // the first began 59 s ago
  EXPECT_FALSE(limits.take("a", given).ok());
  now += 1s;
  EXPECT_TRUE(limits.take("a", given).ok());
  EXPECT_FALSE(limits.take("a", given).ok());
}

TEST_F(RateLimitsTest, SoManyAtATime) {
  ApplicationLimits given;
  given.assessments_at_a_time = 2;
  EXPECT_TRUE(limits.take("a", given).ok());
  EXPECT_TRUE(limits.take("a", given).ok());
  EXPECT_THAT(limits.take("a", given).explanation(), HasSubstr("2 assessments at a time"));
  limits.release("a");
  EXPECT_TRUE(limits.take("a", given).ok());
}

}  // namespace
}  // namespace saywell
