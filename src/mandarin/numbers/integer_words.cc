#include <array>

#include "mandarin/numbers/written_numbers.h"

namespace saywell {
namespace {

constexpr std::array<std::string_view, 10> kDigits = {"零", "一", "二", "三", "四",
                                                      "五", "六", "七", "八", "九"};
constexpr std::array<std::string_view, 4> kPlaces = {"", "十", "百", "千"};
constexpr std::array<std::string_view, 4> kGroups = {"", "万", "亿", "万亿"};
constexpr std::size_t kGroupDigits = 4;

// Up to four digits; a zero between others is said once.
std::string group_words(std::string_view digits) {
  std::string words;
  bool skipped_zero = false;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const auto digit = static_cast<std::size_t>(digits[i] - '0');
    if (digit == 0) {
      skipped_zero = true;
      continue;
    }
    if (skipped_zero && !words.empty()) words += kDigits[0];
    skipped_zero = false;
    const std::size_t place = digits.size() - 1 - i;
    const bool is_liang = digit == 2 && place == 3;
    words += is_liang ? "两" : kDigits[digit];
    words += kPlaces[place];
  }
  return words;
}

}  // namespace

std::string integer_words(std::string_view digits) {
  std::string words;
  bool gap = false;  // zeros before this group that are said
  for (std::size_t at = 0; at < digits.size();) {
    const std::size_t group = (digits.size() - at - 1) / kGroupDigits;
    const std::size_t length = digits.size() - at - group * kGroupDigits;
    const std::string_view part = digits.substr(at, length);
    at += length;
    std::string said = group_words(part);
    if (said.empty()) {
      gap = true;
      continue;
    }
    if (!words.empty() && (gap || part[0] == '0')) words += kDigits[0];
    gap = false;
    if (said == "二" && group > 0) said = "两";
    words += said;
    words += kGroups[group];
  }
  if (words.empty()) return std::string(kDigits[0]);
  constexpr std::string_view kOneTen = "一十";
  if (words.starts_with(kOneTen)) words.erase(0, kDigits[1].size());
  return words;
}

}  // namespace saywell
