#include "mandarin/numbers/written_numbers.h"

#include <algorithm>
#include <array>
#include <utility>

#include "mandarin/hanzi.h"

namespace saywell {
namespace {

constexpr std::size_t kMostDigits = 16;
constexpr std::size_t kMobileDigits = 11;

constexpr std::u32string_view kSymbols = U"%‰°℃℉$€£¥+=@#&×÷²³㎡㎞㎝㎜㎏";

// Measure words that 2 is 两 before; months, floors and the like keep 二.
constexpr std::u32string_view kMeasures =
    U"个個只隻条條本张張位次名块塊件天年周週里裡米斤斗台臺部座场場家口支枝片份杯瓶碗双雙对對把封"
    U"句段篇首种種样樣层層间間所颗顆粒棵头頭匹门門项項步回遍趟下点點分秒小倍人万萬千亿億元公吨噸"
    U"克升组組辆輛架艘幅幢栋棟顿頓者岁歲";

struct Unit {
  std::u32string_view written;
  std::string_view read;
};

// Longer ones before those that they begin with.
constexpr auto kUnits = std::to_array<Unit>({{U"km/h", "千米每小时"},
                                             {U"m/s", "米每秒"},
                                             {U"km²", "平方千米"},
                                             {U"cm²", "平方厘米"},
                                             {U"m²", "平方米"},
                                             {U"m³", "立方米"},
                                             {U"kWh", "千瓦时"},
                                             {U"kHz", "千赫兹"},
                                             {U"MHz", "兆赫兹"},
                                             {U"GHz", "吉赫兹"},
                                             {U"Hz", "赫兹"},
                                             {U"min", "分钟"},
                                             {U"kg", "千克"},
                                             {U"km", "千米"},
                                             {U"cm", "厘米"},
                                             {U"mm", "毫米"},
                                             {U"nm", "纳米"},
                                             {U"mg", "毫克"},
                                             {U"ml", "毫升"},
                                             {U"mL", "毫升"},
                                             {U"ms", "毫秒"},
                                             {U"kW", "千瓦"},
                                             {U"MW", "兆瓦"},
                                             {U"dB", "分贝"},
                                             {U"ha", "公顷"},
                                             {U"°C", "摄氏度"},
                                             {U"°F", "华氏度"},
                                             {U"℃", "摄氏度"},
                                             {U"℉", "华氏度"},
                                             {U"°", "度"},
                                             {U"㎡", "平方米"},
                                             {U"㎞", "千米"},
                                             {U"㎝", "厘米"},
                                             {U"㎜", "毫米"},
                                             {U"㎏", "千克"},
                                             {U"m", "米"},
                                             {U"g", "克"},
                                             {U"t", "吨"},
                                             {U"l", "升"},
                                             {U"L", "升"},
                                             {U"s", "秒"},
                                             {U"h", "小时"},
                                             {U"W", "瓦"},
                                             {U"V", "伏"}});

constexpr auto kCurrencies = std::to_array<std::pair<char32_t, std::string_view>>(
    {{U'$', "美元"}, {U'€', "欧元"}, {U'£', "英镑"}, {U'¥', "元"}});

constexpr auto kSymbolWords =
    std::to_array<std::pair<char32_t, std::string_view>>({{U'+', "加"},
                                                          {U'=', "等于"},
                                                          {U'@', "艾特"},
                                                          {U'#', "井"},
                                                          {U'&', "和"},
                                                          {U'×', "乘"},
                                                          {U'÷', "除以"},
                                                          {U'²', "平方"},
                                                          {U'³', "立方"},
                                                          {U'%', "百分号"},
                                                          {U'‰', "千分号"}});

// The letters as they are usually said in Chinese, in syllables that pinyin has.
constexpr std::array<std::string_view, 26> kLetters = {
    "ei1",      "bi4",          "xi1",         "di4",  "yi4",      "ai2 fu0", "ji4",
    "ai2 chi0", "ai4",          "jie4",        "kei1", "ai2 lou0", "ai2 mu0", "en1",
    "ou1",      "pi1",          "qiu1",        "a4",   "ai2 si0",  "ti4",     "you1",
    "wei1",     "da2 bu0 liu0", "ai2 ke0 si0", "wai4", "zei4"};

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }
bool is_latin(char32_t c) { return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z'); }

template <class Table>
std::string_view word_of(const Table& table, char32_t symbol) {
  for (const auto& [written, word] : table) {
    if (written == symbol) return word;
  }
  return {};
}

// Reads a stretch from left to right; each take_…() passes what it has read, or reads nothing.
class StretchReader {
 public:
  StretchReader(std::u32string_view text, const StretchContext& context)
      : text_(text), context_(context) {}

  std::vector<SpokenPiece> read() {
    while (at_ < text_.size()) {
      if (take_date() || take_telephone() || take_time() || take_fraction() || take_amount() ||
          take_letter()) {
        continue;
      }
      take_symbol();
    }
    return std::move(pieces_);
  }

 private:
  char32_t char_at(std::size_t at) const {
    if (at < text_.size()) return text_[at];
    return at == text_.size() ? context_.next : context_.second_next;
  }

  std::size_t digits_from(std::size_t at) const {
    std::size_t count = 0;
    while (at + count < text_.size() && is_digit(text_[at + count])) ++count;
    return count;
  }

  std::string digits(std::size_t at, std::size_t count) const {
    std::string plain;
    for (std::size_t i = at; i < at + count; ++i) plain += static_cast<char>(text_[i]);
    return plain;
  }

  int value(std::size_t at, std::size_t count) const { return std::stoi(digits(at, count)); }

  // `words` for characters [begin, end) of the stretch, which are passed.
  void say(std::string_view words, std::size_t begin, std::size_t end, bool digit = false) {
    for (std::size_t i = 0; i < words.size();) {
      const std::size_t bytes = character_bytes(words, i);
      pieces_.push_back(
          {std::string(words.substr(i, bytes)), std::nullopt, digit, begin, end, false});
      i += bytes;
    }
    at_ = end;
  }

  // One by one. In telephone numbers 1 is yao1.
  void say_digits(std::size_t at, std::size_t count, bool telephone = false) {
    for (std::size_t i = at; i < at + count; ++i) {
      const bool yao = telephone && text_[i] == U'1';
      say(yao ? "幺" : integer_words(digits(i, 1)), i, i + 1, true);
    }
  }

  // Before 年, or before the dash and the other year of 2002-2005年.
  bool is_year(std::size_t at, std::size_t count) const {
    if (count != 4 || text_[at] < U'1' || text_[at] > U'2') return false;
    const char32_t behind = char_at(at + count);
    const bool is_range = behind == U'-' || behind == U'~';
    return behind == U'年' ||
           (is_range && digits_from(at + count + 1) == 4 && is_year(at + count + 1, 4));
  }

  void say_integer(std::size_t at, std::size_t count) {
    const bool is_code = count > kMostDigits || (count > 1 && text_[at] == U'0');
    if (is_code || is_year(at, count)) {
      say_digits(at, count);
      return;
    }
    const bool is_measured = at + count == text_.size()
                                 ? kMeasures.find(context_.next) != std::u32string_view::npos
                                 : unit_at(at + count) != nullptr;
    const bool is_pair =
        count == 1 && text_[at] == U'2' && context_.previous != U'第' && is_measured;
    say(is_pair ? "两" : integer_words(digits(at, count)), at, at + count);
  }

  // 2024-01-15, 2024/1/15, 2024.1.15
  bool take_date() {
    const std::size_t start = at_;
    if (digits_from(start) != 4 || text_[start] < U'1' || text_[start] > U'2') return false;
    const char32_t separator = char_at(start + 4);
    if (separator != U'-' && separator != U'/' && separator != U'.') return false;
    const std::size_t month = start + 5, month_digits = digits_from(month);
    if (month_digits < 1 || month_digits > 2 || char_at(month + month_digits) != separator)
      return false;
    const std::size_t day = month + month_digits + 1, day_digits = digits_from(day);
    if (day_digits < 1 || day_digits > 2 || value(month, month_digits) < 1 ||
        value(month, month_digits) > 12 || value(day, day_digits) < 1 ||
        value(day, day_digits) > 31) {
      return false;
    }
    say_digits(start, 4);
    say("年", start + 4, month);
    say(integer_words(std::to_string(value(month, month_digits))), month, day - 1);
    say("月", day - 1, day);
    say(integer_words(std::to_string(value(day, day_digits))) + "日", day, day + day_digits);
    return true;
  }

  // 13800138000, 010-62345678
  bool take_telephone() {
    const std::size_t count = digits_from(at_);
    if (count == kMobileDigits && text_[at_] == U'1') {
      say_digits(at_, count, true);
      return true;
    }
    if ((count != 3 && count != 4) || text_[at_] != U'0' || char_at(at_ + count) != U'-')
      return false;
    const std::size_t rest = at_ + count + 1, rest_count = digits_from(rest);
    if (rest_count < 7 || rest_count > 8) return false;
    say_digits(at_, count, true);
    pieces_.back().pause_after = true;
    say_digits(rest, rest_count, true);
    return true;
  }

  // 8:30, 8:05:30; 3:2 is a score or a ratio.
  bool take_time() {
    const std::size_t hours = digits_from(at_), minute = at_ + hours + 1;
    if (hours < 1 || hours > 9 || char_at(at_ + hours) != U':') return false;
    const std::size_t minutes = digits_from(minute);
    if (minutes == 0) return false;
    if (hours > 2 || minutes != 2 || value(at_, hours) > 24 || value(minute, 2) > 59) {
      say_integer(at_, hours);
      say("比", at_, at_ + 1);
      return true;
    }
    const int hour = value(at_, hours);
    say(hour == 2 ? "两" : integer_words(std::to_string(hour)), at_, minute - 1);
    say("点", minute - 1, minute);
    if (value(minute, 2) > 0) say_sixtieth(minute, "分");
    at_ = minute + 2;
    if (char_at(at_) == U':' && digits_from(at_ + 1) == 2 && value(at_ + 1, 2) < 60) {
      say_sixtieth(at_ + 1, "秒");
    }
    return true;
  }

  void say_sixtieth(std::size_t at, std::string_view unit) {
    std::string words = value(at, 2) < 10 ? "零" : "";
    words += integer_words(std::to_string(value(at, 2)));
    words += unit;
    say(words, at, at + 2);
  }

  // 1/2
  bool take_fraction() {
    const std::size_t above = digits_from(at_), slash = at_ + above;
    if (above < 1 || above > 3 || char_at(slash) != U'/') return false;
    const std::size_t below = digits_from(slash + 1);
    if (below < 1 || below > 3) return false;
    const std::string words = integer_words(std::to_string(value(slash + 1, below))) + "分之" +
                              integer_words(std::to_string(value(at_, above)));
    say(words, at_, slash + 1 + below);
    return true;
  }

  // A number with sign, currency, thousands' commas, decimals, percent or unit; behind it a dash
  // between numbers.
  bool take_amount() {
    std::size_t at = at_;
    const std::string_view currency = word_of(kCurrencies, char_at(at));
    if (!currency.empty()) ++at;
    const bool negative = char_at(at) == U'-' && (at == 0 || !is_digit(text_[at - 1]));
    if (negative) ++at;
    const std::size_t count = digits_from(at);
    if (count == 0) return false;
    const std::size_t end = end_of_number(at);
    const char32_t behind = char_at(end);
    const bool is_share = end < text_.size() && (behind == U'%' || behind == U'‰');
    if (is_share) say(behind == U'%' ? "百分之" : "千分之", at, at);
    if (negative) say("负", at - 1, at);
    say_number(at, end);
    at_ = end + (is_share ? 1 : 0);
    if (!currency.empty()) {
      say(currency, end, end);
    } else if (!is_share) {
      take_unit();
    }
    take_range();
    return true;
  }

  // Behind the digits, groups of three behind commas included, and the decimals.
  std::size_t end_of_number(std::size_t at) const {
    std::size_t end = at + digits_from(at);
    if (end - at <= 3) {
      while (char_at(end) == U',' && digits_from(end + 1) == 3) end += 4;
    }
    if (char_at(end) == U'.' && digits_from(end + 1) > 0) end += 1 + digits_from(end + 1);
    return end;
  }

  void say_number(std::size_t at, std::size_t end) {
    std::size_t point = at;
    std::string whole;
    for (; point < end && text_[point] != U'.'; ++point) {
      if (text_[point] != U',') whole += static_cast<char>(text_[point]);
    }
    if (whole.size() == point - at) {
      say_integer(at, point - at);
    } else if (whole.size() <= kMostDigits) {
      say(integer_words(whole), at, point);
    } else {
      for (const char digit : whole) say(integer_words({&digit, 1}), at, point, true);
    }
    if (point == end) return;
    say("点", point, point + 1);
    say_digits(point + 1, end - point - 1);
  }

  // The unit at `at`, behind which no letter or digit follows; nullptr when there is none.
  const Unit* unit_at(std::size_t at) const {
    const auto found = std::find_if(kUnits.begin(), kUnits.end(), [&](const Unit& unit) {
      const char32_t behind = char_at(at + unit.written.size());
      return at < text_.size() && text_.substr(at, unit.written.size()) == unit.written &&
             !is_latin(behind) && !is_digit(behind);
    });
    return found == kUnits.end() ? nullptr : &*found;
  }

  bool take_unit() {
    const Unit* unit = unit_at(at_);
    if (unit != nullptr) say(unit->read, at_, at_ + unit->written.size());
    return unit != nullptr;
  }

  void take_range() {
    const char32_t dash = char_at(at_);
    if (at_ + 1 < text_.size() && (dash == U'-' || dash == U'~') && is_digit(text_[at_ + 1])) {
      say("到", at_, at_ + 1);
    }
  }

  bool take_letter() {
    if (!is_latin(text_[at_])) return false;
    const char32_t letter = text_[at_];
    std::string_view rest = kLetters[(letter | 0x20) - U'a'];
    while (!rest.empty()) {
      const std::string_view one = rest.substr(0, rest.find(' '));
      rest.remove_prefix(std::min(rest.size(), one.size() + 1));
      pieces_.push_back(
          {encode_character(letter), parse_syllable(one), false, at_, at_ + 1, false});
    }
    ++at_;
    return true;
  }

  void take_symbol() {
    const std::string_view word = word_of(kSymbolWords, text_[at_]);
    if (!word.empty()) {
      say(word, at_, at_ + 1);
      return;
    }
    if (take_unit()) return;
    if (const std::string_view currency = word_of(kCurrencies, text_[at_]); !currency.empty()) {
      say(currency, at_, at_ + 1);
      return;
    }
    if (!pieces_.empty()) pieces_.back().pause_after = true;
    ++at_;
  }

  std::u32string_view text_;
  StretchContext context_;
  std::size_t at_ = 0;
  std::vector<SpokenPiece> pieces_;
};

}  // namespace

bool is_stretch_character(char32_t value) {
  const char32_t folded = fold_width(value);
  return is_digit(folded) || is_latin(folded) || kSymbols.find(folded) != std::u32string_view::npos;
}

char32_t fold_width(char32_t value) {
  constexpr char32_t kFirstWide = 0xFF01, kEndWide = 0xFF5F, kWideOffset = 0xFEE0;
  if (value >= kFirstWide && value < kEndWide) return value - kWideOffset;
  if (value == U'￥') return U'¥';
  if (value == U'–' || value == U'—' || value == U'−' || value == U'‐') return U'-';
  if (value == U'∶') return U':';
  return value == U'〜' ? U'~' : value;
}

std::vector<SpokenPiece> read_stretch(std::u32string_view stretch, const StretchContext& context) {
  return StretchReader(stretch, context).read();
}

}  // namespace saywell
