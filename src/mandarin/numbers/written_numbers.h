// Numbers, dates, times, money, units, percent and Latin letters in a Chinese text, as they are
// read.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mandarin/syllable.h"

namespace saywell {

// One syllable of what a stretch of digits, letters and symbols is read as.
struct SpokenPiece {
  std::string hanzi;                // "百"; for a letter the letter
  std::optional<Syllable> reading;  // of a letter; digits are looked up as characters
  bool digit = false;               // read out one by one
  std::size_t begin = 0;            // characters [begin, end) of the stretch
  std::size_t end = 0;
  bool pause_after = false;
};

struct StretchContext {
  char32_t previous = 0;  // characters around the stretch; 0: none
  char32_t next = 0;
  char32_t second_next = 0;
};

// True for what may be part of a stretch by itself: ASCII digits and letters, their full-width
// forms, symbols with a reading and units in one character (℃, ㎡).
bool is_stretch_character(char32_t value);

// Full-width digits, letters and symbols as ASCII ones, dashes as "-", others unchanged.
char32_t fold_width(char32_t value);

// How `stretch`, folded, is read:
//
//   1990年 yi1 jiu3 jiu3 ling2 · 105 一百零五 · 3.14 三点一四 · 50% 百分之五十 · 1/2 二分之一 · 2个
//   两个 2024-01-15, 2024/1/15 year, month and day · 8:30 八点三十分 · 3:2 三比二 · 3-5 三到五 · -5
//   负五 $5 五美元 · 5kg 五千克 · 25℃ 二十五摄氏度 · 13800138000, 010-62345678, 007 digit by digit
//   WTO letter by letter, in their usual Chinese readings
//
// Digits with more than 16 places are read one by one. Never fails; separators between digits that
// belong to no form become pauses. Pure.
std::vector<SpokenPiece> read_stretch(std::u32string_view stretch, const StretchContext& context);

// A number of up to 16 digits without leading zeros: "1005" -> "一千零五".
std::string integer_words(std::string_view digits);

}  // namespace saywell
