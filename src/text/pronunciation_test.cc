#include "text/pronunciation.h"

#include <gtest/gtest.h>

namespace saywell {
namespace {

Pronunciation parsed(const std::string& text) { return parse_phone_string(text)->pronunciation; }

TEST(Pronunciation, PhonesAreReadInBothAlphabets) {
  for (const char* text : {"W AO1 T ER0", "w ao1 t er0", "ˈw ɔ t ɚ", "ˈwɔtɚ", "ˈwɔːtɚ"}) {
    const auto phones = parse_phone_string(text);
    ASSERT_TRUE(phones.ok()) << text;
    EXPECT_TRUE(phones->has_stress) << text;
    EXPECT_EQ(arpabet_text(phones->pronunciation), "w ao1 t er0") << text;
  }
  EXPECT_FALSE(parse_phone_string("w ao t er")->has_stress);
  EXPECT_EQ(arpabet_text(parsed("tʃaɪld")), "ch ay0 l d");
}

TEST(Pronunciation, WhatIsNoPhoneIsNamed) {
  for (const char* text : {"Q", "AH3", "k ao ll", "xyz", "ɔʘ", "AH-", "1"}) {
    const auto phones = parse_phone_string(text);
    ASSERT_FALSE(phones.ok()) << text;
    EXPECT_EQ(phones.status().code(), Code::kBadParameter);
  }
  EXPECT_NE(parse_phone_string("k ao ll").status().explanation().find("'ll'"), std::string::npos);
  for (const char* text : {"", "  ", "ˈ"}) EXPECT_FALSE(parse_phone_string(text).ok()) << text;
}

TEST(Pronunciation, WrittenPhonesAreReadBack) {
  for (const char* text :
       {"k ao1 l", "ah0 b aw1 t", "s t r eh1 ng k th ah0 n", "ih2 n f er0 m ey1 sh ah0 n"}) {
    EXPECT_EQ(arpabet_text(parsed(text)), text);
    const auto back = parse_phone_string(ipa_text(parsed(text)));
    ASSERT_TRUE(back.ok()) << ipa_text(parsed(text));
    EXPECT_EQ(back->pronunciation.phones, parsed(text).phones);
    EXPECT_TRUE(!back->has_stress || back->pronunciation == parsed(text)) << text;
  }
  EXPECT_EQ(ipa_text(parsed("ah0 b aw1 t")), "ə ˈb aʊ t");
  EXPECT_EQ(ipa_text(parsed("k ao1 l")), "k ɔ l");
}

TEST(Pronunciation, OpenStressComesFromTheClosestKnown) {
  const std::vector<Pronunciation> known = {parsed("r eh1 k er0 d"), parsed("r ih0 k ao1 r d")};
  EXPECT_EQ(arpabet_text(with_stress(*parse_phone_string("r iy k ao r d"), known)),
            "r iy0 k ao1 r d");
  EXPECT_EQ(arpabet_text(with_stress(*parse_phone_string("r eh k er"), known)), "r eh1 k er0");
  EXPECT_EQ(arpabet_text(with_stress(*parse_phone_string("r eh k er aa"), known)),
            "r eh1 k er0 aa0");
  EXPECT_EQ(arpabet_text(with_stress(*parse_phone_string("r eh0 k er1"), known)), "r eh0 k er1");
  EXPECT_EQ(arpabet_text(with_stress(*parse_phone_string("s t"), known)), "s t");
}

TEST(Pronunciation, DistanceCountsEdits) {
  EXPECT_EQ(phone_distance(parsed("k ae t").phones, parsed("k ae t").phones), 0u);
  EXPECT_EQ(phone_distance(parsed("k ae t").phones, parsed("k ah t s").phones), 2u);
  EXPECT_EQ(phone_distance({}, parsed("k ae t").phones), 3u);
}

}  // namespace
}  // namespace saywell
