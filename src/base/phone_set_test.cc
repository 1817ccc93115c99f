#include "base/phone_set.h"

#include <gtest/gtest.h>

namespace saywell {
namespace {

TEST(PhoneSet, NamesAreSortedSoThatModelsKeepTheirOrder) {
  for (PhoneId p = 1; p < kPhoneCount; ++p) EXPECT_LT(phone_name(p - 1), phone_name(p));
}

TEST(PhoneSet, EveryPhoneIsReadBackFromBothAlphabets) {
  for (PhoneId p = 0; p < kPhoneCount; ++p) {
    EXPECT_EQ(parse_arpabet(phone_name(p)), p);
    EXPECT_EQ(parse_arpabet(phone_lower(p)), p);
    EXPECT_EQ(parse_ipa(phone_ipa(p)), p) << phone_ipa(p);
  }
}

TEST(PhoneSet, StressDigitsAndVariantsAreAccepted) {
  EXPECT_EQ(parse_arpabet("AH0"), parse_arpabet("ah"));
  EXPECT_EQ(parse_arpabet("ax"), parse_arpabet("AH"));
  EXPECT_EQ(parse_ipa("r"), parse_arpabet("R"));
  EXPECT_EQ(parse_ipa("iː"), parse_arpabet("IY"));
  EXPECT_EQ(parse_ipa("t͡ʃ"), parse_arpabet("CH"));
}

TEST(PhoneSet, OthersAreRefused) {
  for (const char* text : {"", "0", "Q", "AH3", "AHH", "sil"})
    EXPECT_EQ(parse_arpabet(text), std::nullopt) << text;
  for (const char* text : {"", "q", "xx"}) EXPECT_EQ(parse_ipa(text), std::nullopt) << text;
}

}  // namespace
}  // namespace saywell
