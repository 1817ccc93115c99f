#include "mandarin/files/character_table.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "mandarin/hanzi.h"

namespace saywell {
namespace {

// The vowels with the marks of tones 1 to 4; ü is v. ń and ǹ belong to interjections, which are no
// syllables here.
struct ToneMarks {
  char plain;
  std::u32string_view marked;
};
constexpr std::array<ToneMarks, 6> kToneMarks = {{{'a', U"āáǎà"},
                                                  {'e', U"ēéěè"},
                                                  {'i', U"īíǐì"},
                                                  {'o', U"ōóǒò"},
                                                  {'u', U"ūúǔù"},
                                                  {'v', U"ǖǘǚǜ"}}};

std::vector<Syllable> readings_of(std::string_view key) {
  std::vector<Syllable> readings;
  while (!key.empty()) {
    const std::string_view one = key.substr(0, key.find(' '));
    key.remove_prefix(std::min(key.size(), one.size() + 1));
    if (const auto syllable = parse_accented(one)) readings.push_back(*syllable);
  }
  return readings;
}

}  // namespace

std::optional<Syllable> parse_accented(std::string_view text) {
  std::string plain;
  char tone = '0';
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t bytes = character_bytes(text, at);
    const char32_t value = decode_character(text.substr(at, bytes));
    at += bytes;
    if (value < 0x80) plain += static_cast<char>(value);
    if (value == U'ü') plain += 'v';
    for (const ToneMarks& marks : kToneMarks) {
      const std::size_t place = marks.marked.find(value);
      if (place == std::u32string_view::npos) continue;
      plain += marks.plain;
      tone = static_cast<char>('1' + place);
    }
  }
  return parse_syllable(plain + tone);
}

bool read_character_table(
    std::string_view content,
    const std::function<void(std::string_view, const std::vector<Syllable>&)>& visit) {
  constexpr std::string_view kBegin = "const map = {", kEnd = "\n};";
  const std::size_t begin = content.find(kBegin);
  if (begin == std::string_view::npos) return false;
  const std::size_t end = content.find(kEnd, begin);
  if (end == std::string_view::npos) return false;
  std::string_view rest = content.substr(begin + kBegin.size(), end - begin - kBegin.size());
  for (std::size_t open = rest.find('['); open != std::string_view::npos; open = rest.find('[')) {
    const std::size_t close = rest.find(']', open);
    if (close == std::string_view::npos) return false;
    std::string_view key = rest.substr(0, open);
    const std::size_t colon = key.rfind(':');
    const std::size_t first = key.find_first_not_of(", \n'");
    if (colon == std::string_view::npos || first >= colon) return false;
    key = key.substr(first, colon - first);
    if (key.ends_with('\'')) key.remove_suffix(1);
    const std::vector<Syllable> readings = readings_of(key);
    std::string_view list = rest.substr(open + 1, close - open - 1);
    for (std::size_t quote = list.find('\''); quote != std::string_view::npos;
         quote = list.find('\'')) {
      const std::size_t after = list.find('\'', quote + 1);
      if (after == std::string_view::npos) return false;
      if (!readings.empty()) visit(list.substr(quote + 1, after - quote - 1), readings);
      list.remove_prefix(after + 1);
    }
    rest.remove_prefix(close + 1);
  }
  return true;
}

}  // namespace saywell
