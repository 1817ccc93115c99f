#include "saywell/status.h"

#include <gtest/gtest.h>

namespace saywell {
namespace {

TEST(Status, DefaultIsOk) { EXPECT_TRUE(Status().ok()); }

TEST(Result, HoldsEitherAValueOrAStatus) {
  const Result<int> value = 7;
  ASSERT_TRUE(value.ok());
  EXPECT_EQ(*value, 7);
  EXPECT_TRUE(value.status().ok());
  const Result<int> failed(Code::kNoSpeech, "silence");
  ASSERT_FALSE(failed.ok());
  EXPECT_EQ(failed.status().number(), 20001);
}

}  // namespace
}  // namespace saywell
