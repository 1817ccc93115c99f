#include "mandarin/syllable.h"

#include <algorithm>
#include <unordered_map>

namespace saywell {
namespace {

// How one final is spelled without an initial ("" where it needs one) and behind one, and behind
// which initials it occurs: the table of Xiandai Hanyu Cidian, 7th edition, interjections without a
// vowel (m, ng, hng) excluded.
struct FinalRow {
  std::string_view final;
  std::string_view alone;
  std::string_view behind;
  std::string_view initials;
};

constexpr auto kRows = std::to_array<FinalRow>({
    {"a", "a", "a", "b p m f d t n l g k h zh ch sh z c s"},
    {"o", "o", "o", "b p m f l"},
    {"e", "e", "e", "m d t n l g k h zh ch sh r z c s"},
    {"ai", "ai", "ai", "b p m d t n l g k h zh ch sh z c s"},
    {"ei", "ei", "ei", "b p m f d t n l g k h zh sh z c"},
    {"ao", "ao", "ao", "b p m d t n l g k h zh ch sh r z c s"},
    {"ou", "ou", "ou", "p m f d t n l g k h zh ch sh r z c s"},
    {"an", "an", "an", "b p m f d t n l g k h zh ch sh r z c s"},
    {"en", "en", "en", "b p m f d n g k h zh ch sh r z c s"},
    {"ang", "ang", "ang", "b p m f d t n l g k h zh ch sh r z c s"},
    {"eng", "eng", "eng", "b p m f d t n l g k h zh ch sh r z c s"},
    {"ong", "", "ong", "d t n l g k h zh ch r z c s"},
    {"er", "er", "", ""},
    {"i", "yi", "i", "b p m d t n l j q x"},
    {"ix", "", "i", "zh ch sh r"},
    {"iy", "", "i", "z c s"},
    {"ia", "ya", "ia", "p d n l j q x"},
    {"ie", "ye", "ie", "b p m d t n l j q x"},
    {"io", "yo", "", ""},
    {"iao", "yao", "iao", "b p m f d t n l j q x"},
    {"iu", "you", "iu", "m d n l j q x"},
    {"ian", "yan", "ian", "b p m d t n l j q x"},
    {"in", "yin", "in", "b p m n l j q x"},
    {"iang", "yang", "iang", "b n l j q x"},
    {"ing", "ying", "ing", "b p m d t n l j q x"},
    {"iong", "yong", "iong", "j q x"},
    {"u", "wu", "u", "b p m f d t n l g k h zh ch sh r z c s"},
    {"ua", "wa", "ua", "g k h zh ch sh r"},
    {"uo", "wo", "uo", "d t n l g k h zh ch sh r z c s"},
    {"uai", "wai", "uai", "g k h zh ch sh"},
    {"ui", "wei", "ui", "d t g k h zh ch sh r z c s"},
    {"uan", "wan", "uan", "d t n l g k h zh ch sh r z c s"},
    {"un", "wen", "un", "d t n l g k h zh ch sh r z c s"},
    {"uang", "wang", "uang", "g k h zh ch sh"},
    {"ueng", "weng", "", ""},
    {"v", "yu", "v", "n l j q x"},
    {"ve", "yue", "ve", "n l j q x"},
    {"van", "yuan", "van", "j q x"},
    {"vn", "yun", "vn", "j q x"},
});

bool writes_u_for_v(std::string_view initial) {
  return initial == "j" || initial == "q" || initial == "x" || initial == "y";
}

struct Entry {
  std::string spelling;
  std::string_view initial;
  std::string_view final;
};

std::vector<Entry> make_entries() {
  std::vector<Entry> entries;
  for (const FinalRow& row : kRows) {
    if (!row.alone.empty()) entries.push_back({std::string(row.alone), "", row.final});
    std::string_view rest = row.initials;
    while (!rest.empty()) {
      const std::string_view initial = rest.substr(0, rest.find(' '));
      rest.remove_prefix(std::min(rest.size(), initial.size() + 1));
      std::string spelling = std::string(initial) + std::string(row.behind);
      if (writes_u_for_v(initial) && row.behind[0] == 'v') spelling[initial.size()] = 'u';
      entries.push_back({std::move(spelling), initial, row.final});
    }
  }
  return entries;
}

const std::vector<Entry>& entries() {
  static const std::vector<Entry> made = make_entries();
  return made;
}

}  // namespace

std::size_t syllable_count() { return entries().size(); }

std::optional<SyllableId> find_syllable(std::string_view spelling) {
  static const auto index = [] {
    std::unordered_map<std::string_view, SyllableId> map;
    for (std::size_t i = 0; i < entries().size(); ++i) {
      map.emplace(entries()[i].spelling, static_cast<SyllableId>(i));
    }
    return map;
  }();
  std::string with_u;
  if (spelling.size() > 1 && spelling[1] == 'v' && writes_u_for_v(spelling.substr(0, 1))) {
    with_u = spelling;
    with_u[1] = 'u';
    spelling = with_u;
  }
  const auto found = index.find(spelling);
  return found == index.end() ? std::nullopt : std::optional(found->second);
}

std::string_view spelling_of(SyllableId syllable) { return entries()[syllable].spelling; }
std::string_view initial_of(SyllableId syllable) { return entries()[syllable].initial; }
std::string_view final_of(SyllableId syllable) { return entries()[syllable].final; }

std::string pinyin_of(const Syllable& syllable) {
  std::string pinyin(spelling_of(syllable.id));
  if (syllable.erhua) pinyin += 'r';
  pinyin += static_cast<char>('0' + syllable.tone);
  return pinyin;
}

std::optional<Syllable> parse_syllable(std::string_view numbered) {
  if (numbered.size() < 2 || numbered.back() < '0' || numbered.back() > '4') return std::nullopt;
  const auto tone = static_cast<std::uint8_t>(numbered.back() - '0');
  std::string_view letters = numbered.substr(0, numbered.size() - 1);
  if (const auto id = find_syllable(letters)) return Syllable{*id, tone, false};
  if (letters.back() != 'r') return std::nullopt;
  letters.remove_suffix(1);
  const auto id = find_syllable(letters);
  if (!id || letters == "er") return std::nullopt;
  return Syllable{*id, tone, true};
}

std::vector<std::string_view> sounds_of(const Syllable& syllable) {
  std::vector<std::string_view> sounds;
  if (!initial_of(syllable.id).empty()) sounds.push_back(initial_of(syllable.id));
  sounds.push_back(final_of(syllable.id));
  if (syllable.erhua) sounds.push_back("r");
  return sounds;
}

}  // namespace saywell
