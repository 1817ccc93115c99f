#include "mandarin/syllable.h"

#include <gtest/gtest.h>

#include <set>

namespace saywell {
namespace {

std::string sounds(std::string_view numbered) {
  const auto syllable = parse_syllable(numbered);
  if (!syllable) return "none";
  std::string text;
  for (const std::string_view sound : sounds_of(*syllable)) {
    if (!text.empty()) text += ' ';
    text += sound;
  }
  return text;
}

TEST(Syllable, HasInitialAndFinal) {
  EXPECT_EQ(sounds("zhong1"), "zh ong");
  EXPECT_EQ(sounds("yi1"), "i");
  EXPECT_EQ(sounds("wo3"), "uo");
  EXPECT_EQ(sounds("yuan2"), "van");
  EXPECT_EQ(sounds("you3"), "iu");
  EXPECT_EQ(sounds("wei4"), "ui");
  EXPECT_EQ(sounds("zhi1"), "zh ix");
  EXPECT_EQ(sounds("ri4"), "r ix");
  EXPECT_EQ(sounds("si4"), "s iy");
  EXPECT_EQ(sounds("xu1"), "x v");
  EXPECT_EQ(sounds("nv3"), "n v");
  EXPECT_EQ(sounds("nu3"), "n u");
  EXPECT_EQ(sounds("jun1"), "j vn");
  EXPECT_EQ(sounds("er2"), "er");
}

TEST(Syllable, WithErhuaEndsInR) {
  EXPECT_EQ(sounds("huar1"), "h ua r");
  EXPECT_EQ(pinyin_of(*parse_syllable("huar1")), "huar1");
  EXPECT_EQ(sounds("ers2"), "none");
}

TEST(Syllable, ImpossibleOnesAreNone) {
  for (const char* impossible : {"xong4", "bua1", "fi1", "go3", "qa1", "ji", "hao5", "hao", "3", "",
                                 "err2", "zhi22", "Hao3", "lvan1", "ng2", "r1"}) {
    EXPECT_FALSE(parse_syllable(impossible)) << impossible;
  }
}

TEST(Syllable, UStandsForVBehindJQXY) {
  EXPECT_EQ(find_syllable("jv"), find_syllable("ju"));
  EXPECT_EQ(find_syllable("yvan"), find_syllable("yuan"));
  EXPECT_EQ(spelling_of(*find_syllable("lve")), "lve");
  EXPECT_FALSE(find_syllable("bv"));
}

// Every spelling is found again and every syllable is of initials and finals of the inventory.
TEST(Syllable, TableIsOneToOne) {
  std::set<std::string_view> spellings;
  std::set<std::string_view> finals;
  for (std::size_t id = 0; id < syllable_count(); ++id) {
    const auto syllable = static_cast<SyllableId>(id);
    EXPECT_TRUE(spellings.insert(spelling_of(syllable)).second) << spelling_of(syllable);
    EXPECT_EQ(find_syllable(spelling_of(syllable)), syllable);
    EXPECT_NE(std::find(kInitials.begin(), kInitials.end(), initial_of(syllable)), kInitials.end());
    finals.insert(final_of(syllable));
  }
  EXPECT_EQ(finals, std::set<std::string_view>(kFinals.begin(), kFinals.end()));
  EXPECT_GT(syllable_count(), 405U);
  EXPECT_LT(syllable_count(), 425U);
}

}  // namespace
}  // namespace saywell
