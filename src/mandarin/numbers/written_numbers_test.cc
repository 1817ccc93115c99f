#include "mandarin/numbers/written_numbers.h"

#include <gtest/gtest.h>

namespace saywell {
namespace {

std::string read(std::u32string_view stretch, char32_t next = 0, char32_t previous = 0) {
  std::string text;
  for (const SpokenPiece& piece : read_stretch(stretch, {previous, next, 0})) {
    EXPECT_LE(piece.begin, piece.end);
    EXPECT_LE(piece.end, stretch.size());
    text += piece.reading ? pinyin_of(*piece.reading) : piece.hanzi;
    if (piece.pause_after) text += ' ';
  }
  return text;
}

TEST(IntegerWords, ZerosBetweenAreSaidOnce) {
  EXPECT_EQ(integer_words("0"), "零");
  EXPECT_EQ(integer_words("10"), "十");
  EXPECT_EQ(integer_words("15"), "十五");
  EXPECT_EQ(integer_words("110"), "一百一十");
  EXPECT_EQ(integer_words("105"), "一百零五");
  EXPECT_EQ(integer_words("1005"), "一千零五");
  EXPECT_EQ(integer_words("1050"), "一千零五十");
  EXPECT_EQ(integer_words("2222"), "两千二百二十二");
  EXPECT_EQ(integer_words("10000"), "一万");
  EXPECT_EQ(integer_words("10005"), "一万零五");
  EXPECT_EQ(integer_words("100000"), "十万");
  EXPECT_EQ(integer_words("20000000"), "两千万");
  EXPECT_EQ(integer_words("1000500000"), "十亿零五十万");
  EXPECT_EQ(integer_words("1000000000000"), "一万亿");
}

TEST(WrittenNumbers, Numbers) {
  EXPECT_EQ(read(U"3.14"), "三点一四");
  EXPECT_EQ(read(U"1,234,567"), "一百二十三万四千五百六十七");
  EXPECT_EQ(read(U"1,23"), "一 二十三");
  EXPECT_EQ(read(U"-5"), "负五");
  EXPECT_EQ(read(U"50%"), "百分之五十");
  EXPECT_EQ(read(U"5‰"), "千分之五");
  EXPECT_EQ(read(U"1/2"), "二分之一");
  EXPECT_EQ(read(U"3-5", U'天'), "三到五");
  EXPECT_EQ(read(U"007"), "零零七");
  EXPECT_EQ(read(U"12345678901234567"), "一二三四五六七八九零一二三四五六七");
}

TEST(WrittenNumbers, TwoBeforeMeasureWords) {
  EXPECT_EQ(read(U"2", U'个'), "两");
  EXPECT_EQ(read(U"2", U'月'), "二");
  EXPECT_EQ(read(U"2", U'名', U'第'), "二");
  EXPECT_EQ(read(U"12", U'个'), "十二");
  EXPECT_EQ(read(U"2kg"), "两千克");
}

TEST(WrittenNumbers, DatesAndTimes) {
  EXPECT_EQ(read(U"1990", U'年'), "一九九零");
  EXPECT_EQ(read(U"3000", U'年'), "三千");
  EXPECT_EQ(read(U"2002-2005", U'年'), "二零零二到二零零五");
  EXPECT_EQ(read(U"2024-01-15"), "二零二四年一月十五日");
  EXPECT_EQ(read(U"2024/12/5"), "二零二四年十二月五日");
  EXPECT_EQ(read(U"2024-13-15"), "两千零二十四到十三到十五");
  EXPECT_EQ(read(U"8:30"), "八点三十分");
  EXPECT_EQ(read(U"2:05"), "两点零五分");
  EXPECT_EQ(read(U"12:00"), "十二点");
  EXPECT_EQ(read(U"8:05:30"), "八点零五分三十秒");
  EXPECT_EQ(read(U"3:2"), "三比二");
}

TEST(WrittenNumbers, MoneyUnitsAndTelephones) {
  EXPECT_EQ(read(U"$5.5"), "五点五美元");
  EXPECT_EQ(read(U"¥100"), "一百元");
  EXPECT_EQ(read(U"5km/h"), "五千米每小时");
  EXPECT_EQ(read(U"-3℃"), "负三摄氏度");
  EXPECT_EQ(read(U"3°C"), "三摄氏度");
  EXPECT_EQ(read(U"13800138000"), "幺三八零零幺三八零零零");
  EXPECT_EQ(read(U"010-62345678"), "零幺零 六二三四五六七八");
}

TEST(WrittenNumbers, LettersOneByOne) {
  EXPECT_EQ(read(U"GDP"), "ji4di4pi1");
  EXPECT_EQ(read(U"W"), "da2bu0liu0");
  EXPECT_EQ(read(U"5G"), "五ji4");
  EXPECT_EQ(read(U"A&B"), "ei1和bi4");
}

TEST(WrittenNumbers, AnyStretchIsReadOrPassed) {
  EXPECT_EQ(read(U"%"), "百分号");
  EXPECT_EQ(read(U"$"), "美元");
  EXPECT_EQ(read(U"-.,:"), "");
  EXPECT_EQ(read(U"1:"), "一 ");
  EXPECT_EQ(read(U"1/"), "一 ");
  EXPECT_EQ(read(U"99/0"), "零分之九十九");
}

}  // namespace
}  // namespace saywell
