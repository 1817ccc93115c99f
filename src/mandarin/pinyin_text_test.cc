#include "mandarin/pinyin_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mandarin/testing/front_end_for_tests.h"

namespace saywell {
namespace {

using ::testing::HasSubstr;

std::string written(std::string_view text, std::size_t max_syllables = 50) {
  return said(parse_pinyin_text(text, max_syllables), false);
}

TEST(PinyinText, WordsAndSentences) {
  const auto text = parse_pinyin_text("Ni3-hao3, shi4-jie4 de0! xi1'an1", 50);
  ASSERT_TRUE(text.ok()) << text.status().message();
  ASSERT_EQ(text->syllables.size(), 7U);
  EXPECT_EQ(said(*text, false), "ni3 hao3 shi4 jie4 de0 xi1 an1");
  EXPECT_FALSE(text->syllables[0].word_end);
  EXPECT_TRUE(text->syllables[1].word_end && text->syllables[1].pause_after);
  EXPECT_FALSE(text->syllables[1].sentence_end);
  EXPECT_TRUE(text->syllables[3].word_end);
  EXPECT_FALSE(text->syllables[3].pause_after);
  EXPECT_TRUE(text->syllables[4].sentence_end);
  EXPECT_FALSE(text->syllables[5].word_end);
  EXPECT_TRUE(text->syllables[6].sentence_end);
  EXPECT_EQ(text->syllables[1].begin, 4U);
  EXPECT_EQ(text->syllables[1].end, 8U);
}

TEST(PinyinText, FormIsAskedBeforeSpelling) {
  EXPECT_EQ(written("xong4 ni3"), "20301 refText: 'xong4' is no syllable of Mandarin");
  EXPECT_THAT(written("xong4 ni"), HasSubstr("40031 refText: 'ni' has no tone"));
  EXPECT_THAT(written("xong4 ni3 ni3", 2), HasSubstr("40031 refText: has 3 syllables, at most 2"));
}

TEST(PinyinText, RefusesWhatIsNoNumberedPinyin) {
  EXPECT_THAT(written("ni5"), HasSubstr("40031 refText: 'ni5' has a tone that is none of 0 to 4"));
  EXPECT_THAT(written("ni9"), HasSubstr("'ni9' has a tone"));
  EXPECT_THAT(written("ni33"), HasSubstr("'ni33' has a tone"));
  EXPECT_THAT(written("nu:3"), HasSubstr("'nu:3' is no pinyin: write v for u:"));
  EXPECT_THAT(written("nü3"), HasSubstr("'nü3' is no pinyin: write v for ü"));
  EXPECT_THAT(written("ni3hao3"), HasSubstr("'ni3hao3' has several syllables"));
  EXPECT_THAT(written("ni3-好"), HasSubstr("40031 refText: '好' is no numbered pinyin"));
  EXPECT_THAT(written("nǐ"), HasSubstr("'nǐ' is no numbered pinyin"));
  EXPECT_THAT(written("ni3 😀"), HasSubstr("'😀' is no numbered pinyin"));
  EXPECT_THAT(written("3"), HasSubstr("'3' is no numbered pinyin"));
  EXPECT_THAT(written(""), HasSubstr("40031 refText: '' has no syllable to read"));
  EXPECT_THAT(written(" -, "), HasSubstr("has no syllable to read"));
  EXPECT_THAT(written(std::string("ni3\x01")), HasSubstr("40031"));
  EXPECT_THAT(written("ni3 \xff"), HasSubstr("40031"));
  EXPECT_THAT(written(std::string(70000, 'a')), HasSubstr("40031 refText: is longer than 64 KB"));
}

TEST(PinyinText, SandhiOfWords) {
  EXPECT_EQ(say_pinyin("ni3-hao3"), "ni2 hao3");
  EXPECT_EQ(say_pinyin("yi1-ge4 ren2"), "yi2 ge0 ren2");
  EXPECT_EQ(say_pinyin("yi1 tian1"), "yi4 tian1");
  EXPECT_EQ(say_pinyin("di4-yi1 tian1"), "di4 yi1 tian1");
  EXPECT_EQ(say_pinyin("bu4 yao4"), "bu2 yao4");
  EXPECT_EQ(say_pinyin("bu4-hao3"), "bu4 hao3");
  EXPECT_EQ(say_pinyin("kan4-yi1-kan4"), "kan4 yi0 kan4");
  EXPECT_EQ(say_pinyin("zhuo1-zi3"), "zhuo1 zi0");
  EXPECT_EQ(say_pinyin("tian1-tian1"), "tian1 tian1");
  EXPECT_EQ(say_pinyin("xiang3-xiang3"), "xiang2 xiang0");
}

// 医生 and 一生, 部队 and 不对: what is written stays, what may be meant is accepted.
TEST(PinyinText, SandhiOfWordsThatAreReadAlike) {
  const auto text =
      mandarin_front_end().read_text("yi1-sheng1 bu4-dui4", {MandarinScript::kPinyin, 7});
  ASSERT_TRUE(text.ok()) << text.status().message();
  EXPECT_EQ(said(*text), "yi1 sheng1 bu4 dui4");
  EXPECT_EQ(text->syllables[0].accepted.to_string(), "10010");  // tones 4 … 0
  EXPECT_EQ(text->syllables[2].accepted.to_string(), "10100");
  EXPECT_EQ(text->syllables[1].accepted.to_string(), "00010");
}

}  // namespace
}  // namespace saywell
