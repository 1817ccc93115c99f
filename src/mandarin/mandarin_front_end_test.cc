#include "mandarin/mandarin_front_end.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mandarin/testing/front_end_for_tests.h"

namespace saywell {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(MandarinFrontEnd, ReadsPolyphonesInContext) {
  EXPECT_EQ(say_characters("银行行长"), "yin2 hang2 hang2 zhang3");
  EXPECT_EQ(say_characters("重新重要"), "chong2 xin1 zhong4 yao4");
  EXPECT_EQ(say_characters("音乐快乐"), "yin1 yue4 kuai4 le4");
  EXPECT_EQ(say_characters("他还没来"), "ta1 hai2 mei2 lai2");
  EXPECT_EQ(say_characters("睡觉觉得"), "shui4 jiao4 jue2 de0");
  EXPECT_EQ(say_characters("为什么？"), "wei4 shen2 me0");
  EXPECT_EQ(say_characters("认识"), "ren4 shi0");
}

TEST(MandarinFrontEnd, ReadsTraditionalCharacters) {
  EXPECT_EQ(say_characters("他說這個很難"), say_characters("他说这个很难"));
  EXPECT_EQ(say_characters("音樂"), "yin1 yue4");
  EXPECT_EQ(say_characters("銀行"), "yin2 hang2");
  EXPECT_EQ(say_characters("乾淨"), "gan1 jing4");
}

TEST(MandarinFrontEnd, Marks) {
  EXPECT_EQ(say_characters("长(zhang3)"), "zhang3");
  EXPECT_EQ(say_characters("长(chang2)"), "chang2");
  EXPECT_EQ(say_characters("[110](yao1 yao1 ling2)"), "yao1 yao1 ling2");
  EXPECT_EQ(say_characters("打[110](yao1 yao1 ling2)吧"), "da3 yao1 yao1 ling2 ba0");
  EXPECT_EQ(say_characters("花(er:1)"), "huar1");
  EXPECT_EQ(say_characters("花儿(er:1)"), "huar1");
  EXPECT_EQ(say_characters("花儿(er:0)"), "hua1 er2");
  EXPECT_EQ(say_characters("花儿"), "huar1");
  EXPECT_EQ(say_characters("一点儿"), "yi4 dianr3");
  EXPECT_EQ(say_characters("儿子"), "er2 zi0");
  EXPECT_EQ(say_characters("花(hua1,er:1)"), "huar1");
  EXPECT_EQ(say_characters("你好（欢迎）[甲]"), "ni2 hao3 huan1 ying2 jia3");
  EXPECT_EQ(say_characters("元年(8)～好"), "yuan2 nian2 ba1 hao3");
}

TEST(MandarinFrontEnd, MarksThatAreNoReadingAreRefused) {
  EXPECT_THAT(say_characters("你长(zang3)"), StartsWith("40031 refText: '长(zang3)' has a mark"));
  EXPECT_THAT(say_characters("长(xong4)"), StartsWith("20301 refText: 'xong4'"));
  EXPECT_THAT(say_characters("长(zhang)"), StartsWith("40031 refText: '长(zhang)' is no mark"));
  EXPECT_THAT(say_characters("长(zhang5)"), StartsWith("40031 refText: '长(zhang5)' is no mark"));
  EXPECT_THAT(say_characters("女(nu:3)"), StartsWith("40031 refText: '女(nu:3)' is no mark"));
  EXPECT_THAT(say_characters("长(zhang3)(chang2)"),
              StartsWith("40031 refText: '长' has two readings"));
  EXPECT_THAT(say_characters("[110](yao1 yao)"),
              StartsWith("40031 refText: '110(yao)' is no mark"));
  EXPECT_THAT(say_characters("[110]( )"), StartsWith("40031 refText: '[110]' has no reading"));
  EXPECT_THAT(say_characters("儿(er:1)"), StartsWith("40031 refText: '儿(er:1)' has no syllable"));
  EXPECT_THAT(say_characters("花(er:2)"), StartsWith("40031 refText: '花(er:2)' is no mark"));
}

TEST(MandarinFrontEnd, NumbersAndLetters) {
  EXPECT_EQ(say_characters("3个2月"), "san1 ge4 er4 yue4");
  EXPECT_EQ(say_characters("２０２４年"), "er4 ling2 er4 si4 nian2");
  EXPECT_EQ(say_characters("占50%"), "zhan4 bai3 fen1 zhi1 wu3 shi2");
  EXPECT_EQ(say_characters("WTO成立"), "da2 bu0 liu0 ti4 ou1 cheng2 li4");
}

TEST(MandarinFrontEnd, SyllablesNameTheirBytes) {
  const auto text = mandarin_front_end().read_text("花儿，12天", {MandarinScript::kCharacters, 50});
  ASSERT_TRUE(text.ok()) << text.status().message();
  ASSERT_EQ(text->syllables.size(), 4U) << said(text);
  const MandarinSyllable& flower = text->syllables[0];
  EXPECT_EQ(flower.hanzi, "花儿");
  EXPECT_EQ(flower.begin, 0U);
  EXPECT_EQ(flower.end, 6U);
  EXPECT_TRUE(flower.word_end && flower.pause_after);
  EXPECT_EQ(text->syllables[1].hanzi, "十");
  EXPECT_EQ(text->syllables[1].begin, 9U);
  EXPECT_EQ(text->syllables[2].end, 11U);
  EXPECT_TRUE(text->syllables[3].sentence_end);
}

TEST(MandarinFrontEnd, BadInput) {
  EXPECT_THAT(say_characters(""), StartsWith("40031 refText"));
  EXPECT_THAT(say_characters("。，"), StartsWith("40031 refText"));
  EXPECT_THAT(say_characters("ni3-hao3"), StartsWith("40031 refText: 'ni3' is pinyin"));
  EXPECT_EQ(say_characters("123"), "yi4 bai3 er4 shi2 san1");
  EXPECT_THAT(say_characters("hello"), StartsWith("40031 refText: 'hello' has no Chinese"));
  EXPECT_THAT(say_characters("ni3好"), StartsWith("40031 refText: 'ni3' is pinyin among"));
  EXPECT_THAT(say_characters("你😀"), StartsWith("20301 refText: '😀' has no reading"));
  EXPECT_THAT(say_characters("你かな"), StartsWith("20301 refText: 'か' has no reading"));
  EXPECT_THAT(say_characters("你\U00031000"), StartsWith("20301 refText: '\U00031000'"));
  EXPECT_THAT(say_characters("你\x01好"), StartsWith("40031 "));
  EXPECT_THAT(say_characters("你\xe4\xbd"), StartsWith("40031 "));
  std::string long_text;
  for (int i = 0; i < 10'000; ++i) long_text += "你";
  EXPECT_THAT(say_characters(long_text), StartsWith("40031 refText: has 10000 syllables"));
  EXPECT_THAT(say_characters("你好吗", 2), StartsWith("40031 refText: has 3 syllables, at most 2"));
}

TEST(MandarinFrontEnd, FormIsAskedBeforeTheModels) {
  const MandarinFrontEnd empty("no/such/folder");
  const auto read = [&](std::string_view text, MandarinScript script) {
    return said(empty.read_text(text, {script, 7}));
  };
  EXPECT_THAT(read("xong4", MandarinScript::kPinyin), StartsWith("20301 "));
  EXPECT_THAT(read("hao", MandarinScript::kPinyin), StartsWith("40031 "));
  EXPECT_THAT(read("hao", MandarinScript::kCharacters), StartsWith("40031 "));
  EXPECT_THAT(read("hao3", MandarinScript::kPinyin), StartsWith("40051 "));
  EXPECT_THAT(read("好", MandarinScript::kCharacters), HasSubstr("cedict.js"));
}

}  // namespace
}  // namespace saywell
