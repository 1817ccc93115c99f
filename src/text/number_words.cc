#include "text/number_words.h"

#include <array>

namespace saywell {
namespace {

constexpr std::array<std::string_view, 20> kSmall = {
    "zero",     "one",     "two",     "three",     "four",     "five",    "six",
    "seven",    "eight",   "nine",    "ten",       "eleven",   "twelve",  "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"};
constexpr std::array<std::string_view, 10> kTens = {
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"};
constexpr std::array<std::string_view, 7> kScales = {
    "", "thousand", "million", "billion", "trillion", "quadrillion", "quintillion"};

struct Form {
  std::string_view from;
  std::string_view to;
};
constexpr std::array<Form, 7> kOrdinals = {{{"one", "first"},
                                            {"two", "second"},
                                            {"three", "third"},
                                            {"five", "fifth"},
                                            {"eight", "eighth"},
                                            {"nine", "ninth"},
                                            {"twelve", "twelfth"}}};

void append_below_hundred(std::uint64_t value, Words& out) {
  if (value >= 20) {
    out.emplace_back(kTens[value / 10]);
    if (value % 10 != 0) out.emplace_back(kSmall[value % 10]);
  } else if (value > 0) {
    out.emplace_back(kSmall[value]);
  }
}

void append_below_thousand(std::uint64_t value, bool with_and, Words& out) {
  if (value >= 100) {
    out.emplace_back(kSmall[value / 100]);
    out.emplace_back("hundred");
  }
  if (with_and && value % 100 != 0 && !out.empty()) out.emplace_back("and");
  append_below_hundred(value % 100, out);
}

}  // namespace

Words cardinal_words(std::uint64_t value, bool with_and) {
  if (value == 0) return {"zero"};
  Words out;
  std::uint64_t unit = 1'000'000'000'000'000'000;
  for (std::size_t scale = kScales.size(); scale-- > 0; unit /= 1000) {
    const std::uint64_t part = value / unit % 1000;
    if (part == 0) continue;
    append_below_thousand(part, with_and && scale == 0, out);
    if (scale > 0) out.emplace_back(kScales[scale]);
  }
  return out;
}

Words ordinal_of(Words cardinal) {
  if (cardinal.empty()) return cardinal;
  std::string& last = cardinal.back();
  for (const Form& form : kOrdinals) {
    if (last == form.from) {
      last = form.to;
      return cardinal;
    }
  }
  if (last.ends_with('y')) {
    last.replace(last.size() - 1, 1, "ieth");
  } else {
    last += "th";
  }
  return cardinal;
}

Words plural_of(Words cardinal) {
  if (cardinal.empty()) return cardinal;
  std::string& last = cardinal.back();
  if (last.ends_with('y')) {
    last.replace(last.size() - 1, 1, "ies");
  } else {
    last += last.ends_with('x') ? "es" : "s";
  }
  return cardinal;
}

Words year_words(std::uint64_t year) {
  if (year < 1000 || year > 9999 || year % 1000 == 0) return {};
  Words out;
  append_below_hundred(year / 100, out);
  const std::uint64_t rest = year % 100;
  if (rest == 0) {
    out.emplace_back("hundred");
  } else {
    if (rest < 10) out.emplace_back("oh");
    append_below_hundred(rest, out);
  }
  return out;
}

Words digit_words(std::string_view digits, std::string_view zero) {
  Words out;
  for (const char digit : digits) {
    out.emplace_back(digit == '0' ? zero : kSmall[static_cast<std::size_t>(digit - '0')]);
  }
  return out;
}

std::uint64_t to_number(std::string_view digits) {
  std::uint64_t value = 0;
  for (const char digit : digits) value = value * 10 + static_cast<std::uint64_t>(digit - '0');
  return value;
}

Words joined(Words a, const Words& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

}  // namespace saywell
