#include "mandarin/tone_sandhi.h"

#include <gtest/gtest.h>

#include "mandarin/testing/front_end_for_tests.h"

namespace saywell {
namespace {

TEST(ToneSandhi, ThirdTonesFollowTheStructureOfWords) {
  EXPECT_EQ(say_characters("你好"), "ni2 hao3");
  EXPECT_EQ(say_characters("展览馆"), "zhan2 lan2 guan3");
  EXPECT_EQ(say_characters("小老虎"), "xiao3 lao2 hu3");
  EXPECT_EQ(say_characters("老李买好酒"), "lao2 li3 mai2 hao2 jiu3");
  EXPECT_EQ(say_characters("很好，我走"), "hen2 hao3 wo2 zou3");
  EXPECT_EQ(say_characters("你，好"), "ni3 hao3");
  EXPECT_EQ(say_characters("美国"), "mei3 guo2");
}

TEST(ToneSandhi, YiByWhatFollows) {
  EXPECT_EQ(say_characters("一天"), "yi4 tian1");
  EXPECT_EQ(say_characters("一年"), "yi4 nian2");
  EXPECT_EQ(say_characters("一本书"), "yi4 ben3 shu1");
  EXPECT_EQ(say_characters("一样"), "yi2 yang4");
  EXPECT_EQ(say_characters("一个"), "yi2 ge0");
  EXPECT_EQ(say_characters("一百"), "yi4 bai3");
}

TEST(ToneSandhi, YiStaysFirstWhereItCounts) {
  EXPECT_EQ(say_characters("一"), "yi1");
  EXPECT_EQ(say_characters("统一"), "tong3 yi1");
  EXPECT_EQ(say_characters("第一课"), "di4 yi1 ke4");
  EXPECT_EQ(say_characters("一月一号"), "yi1 yue4 yi1 hao4");
  EXPECT_EQ(say_characters("十一个"), "shi2 yi1 ge0");
  EXPECT_EQ(say_characters("一年级"), "yi1 nian2 ji2");
  EXPECT_EQ(say_characters("1.5"), "yi1 dian2 wu3");
  EXPECT_EQ(say_characters("1998年"), "yi1 jiu2 jiu3 ba1 nian2");
}

TEST(ToneSandhi, BuByWhatFollows) {
  EXPECT_EQ(say_characters("不是"), "bu2 shi4");
  EXPECT_EQ(say_characters("不好"), "bu4 hao3");
  EXPECT_EQ(say_characters("不去"), "bu2 qu4");
  EXPECT_EQ(say_characters("我不"), "wo3 bu4");
}

TEST(ToneSandhi, NeutralInTheMiddleAndTheRepeated) {
  EXPECT_EQ(say_characters("看一看"), "kan4 yi0 kan4");
  EXPECT_EQ(say_characters("是不是"), "shi4 bu0 shi4");
  EXPECT_EQ(say_characters("看看"), "kan4 kan0");
  EXPECT_EQ(say_characters("试试"), "shi4 shi0");
  EXPECT_EQ(say_characters("想想"), "xiang2 xiang0");
  EXPECT_EQ(say_characters("天天"), "tian1 tian1");
  EXPECT_EQ(say_characters("妈妈"), "ma1 ma0");
  EXPECT_EQ(say_characters("我们的桌子"), "wo3 men0 de0 zhuo1 zi0");
}

TEST(ToneSandhi, WrittenToneIsAccepted) {
  const auto text =
      mandarin_front_end().read_text("你好，是不是", {MandarinScript::kCharacters, 50});
  ASSERT_TRUE(text.ok());
  EXPECT_EQ(text->syllables[0].accepted.to_string(), "01100");  // tones 4 … 0
  EXPECT_EQ(text->syllables[1].accepted.to_string(), "01000");
  EXPECT_EQ(text->syllables[3].accepted.to_string(), "10101");
}

TEST(ToneSandhi, MarkSwitchesItOff) {
  EXPECT_EQ(say_characters("你(ni3)好"), "ni3 hao3");
  EXPECT_EQ(say_characters("一(yi1)个"), "yi1 ge0");
  EXPECT_EQ(say_characters("不(bu4)是"), "bu4 shi4");
  EXPECT_EQ(say_characters("不(bu2)是"), "bu2 shi4");
  const auto text = mandarin_front_end().read_text("你(ni3)好", {MandarinScript::kCharacters, 50});
  ASSERT_TRUE(text.ok());
  EXPECT_EQ(text->syllables[0].accepted.to_string(), "01000");
}

}  // namespace
}  // namespace saywell
