#include "text/number_words.h"

#include <gtest/gtest.h>

namespace saywell {
namespace {

TEST(NumberWords, Cardinals) {
  EXPECT_EQ(cardinal_words(0), Words({"zero"}));
  EXPECT_EQ(cardinal_words(13), Words({"thirteen"}));
  EXPECT_EQ(cardinal_words(342), Words({"three", "hundred", "forty", "two"}));
  EXPECT_EQ(cardinal_words(342, true), Words({"three", "hundred", "and", "forty", "two"}));
  EXPECT_EQ(cardinal_words(1'000'005, true), Words({"one", "million", "and", "five"}));
  EXPECT_EQ(cardinal_words(~std::uint64_t{0}).front(), "eighteen");
}

TEST(NumberWords, OrdinalsAndPlurals) {
  EXPECT_EQ(ordinal_of(cardinal_words(1)), Words({"first"}));
  EXPECT_EQ(ordinal_of(cardinal_words(12)), Words({"twelfth"}));
  EXPECT_EQ(ordinal_of(cardinal_words(20)), Words({"twentieth"}));
  EXPECT_EQ(ordinal_of(cardinal_words(33)), Words({"thirty", "third"}));
  EXPECT_EQ(plural_of(cardinal_words(80)), Words({"eighties"}));
  EXPECT_EQ(plural_of(cardinal_words(6)), Words({"sixes"}));
  EXPECT_TRUE(ordinal_of({}).empty());
}

TEST(NumberWords, Years) {
  EXPECT_EQ(year_words(1984), Words({"nineteen", "eighty", "four"}));
  EXPECT_EQ(year_words(1905), Words({"nineteen", "oh", "five"}));
  EXPECT_EQ(year_words(1900), Words({"nineteen", "hundred"}));
  EXPECT_TRUE(year_words(2000).empty());
  EXPECT_TRUE(year_words(999).empty());
}

TEST(NumberWords, Digits) { EXPECT_EQ(digit_words("207", "oh"), Words({"two", "oh", "seven"})); }

}  // namespace
}  // namespace saywell
