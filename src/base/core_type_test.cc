#include "base/core_type.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace saywell {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

TEST(CheckCoreType, SaysWhatIsSupported) {
  for (const CoreType& type : kCoreTypes) EXPECT_TRUE(check_core_type(type.name).ok());
  for (const char* name : {"cn.sent.score", "en.sent.rec", "EN.SENT.SCORE", ""}) {
    EXPECT_EQ(check_core_type(name).code(), Code::kBadParameter);
    EXPECT_THAT(check_core_type(name).explanation(),
                AllOf(StartsWith("coreType: '"), HasSubstr("supported are en.word.score en.sent")));
  }
  EXPECT_THAT(check_core_type("cn.word.score").explanation(), HasSubstr("Mandarin"));
  EXPECT_LT(check_core_type(std::string(100'000, 'x')).explanation().size(), 200u);
}

TEST(ChooseCoreType, GoesByTheLengthOfTheTextUnlessNamed) {
  EXPECT_EQ(choose_core_type("", 1)->name, "en.word.score");
  EXPECT_EQ(choose_core_type("", 2)->name, "en.sent.score");
  EXPECT_EQ(choose_core_type("", 40)->name, "en.sent.score");
  EXPECT_EQ(choose_core_type("", 41)->name, "en.pred.score");
  EXPECT_EQ(choose_core_type("en.sent.pron", 1)->name, "en.sent.pron");
}

TEST(ChooseCoreType, RefusesATextThatIsTooLong) {
  const auto chosen = choose_core_type("en.word.score", 2);
  EXPECT_EQ(chosen.status().code(), Code::kBadParameter);
  EXPECT_THAT(chosen.status().explanation(), StartsWith("coreType: en.word.score takes at most 1"));
  EXPECT_FALSE(choose_core_type("en.nonsense", 1).ok());
}

}  // namespace
}  // namespace saywell
