#include "format/syllables.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "base/phone_set.h"

namespace saywell {
namespace {

// The onsets of English syllables, beside any single consonant other than "ng".
constexpr std::array<std::string_view, 43> kOnsets = {
    "p l",  "p r",  "p y",   "b l",   "b r",   "b y",   "t r",   "t w",   "d r",   "d w", "k l",
    "k r",  "k w",  "k y",   "g l",   "g r",   "g w",   "f l",   "f r",   "f y",   "v y", "th r",
    "th w", "sh r", "s p",   "s t",   "s k",   "s m",   "s n",   "s l",   "s w",   "s f", "m y",
    "hh y", "n y",  "s p l", "s p r", "s p y", "s t r", "s k r", "s k w", "s k y", "hh w"};

bool vowel(const std::string& phone) {
  const std::optional<PhoneId> id = parse_arpabet(phone);
  return id && is_vowel(*id);
}

bool can_begin(std::span<const std::string> consonants) {
  if (consonants.size() <= 1) return consonants.empty() || consonants[0] != "ng";
  std::string onset;
  for (const std::string& phone : consonants) onset += (onset.empty() ? "" : " ") + phone;
  return std::find(kOnsets.begin(), kOnsets.end(), onset) != kOnsets.end();
}

}  // namespace

std::vector<Syllable> phones_to_syllables(std::span<const std::string> phones) {
  std::vector<Syllable> syllables;
  for (std::size_t i = 0; i < phones.size(); ++i) {
    if (!vowel(phones[i])) continue;
    std::size_t first = 0;
    if (!syllables.empty()) {
      first = syllables.back().vowel + 1;
      while (!can_begin(phones.subspan(first, i - first))) ++first;
      syllables.back().end = first;
    }
    syllables.push_back({first, phones.size(), i});
  }
  if (syllables.empty() && !phones.empty()) syllables.push_back({0, phones.size(), phones.size()});
  return syllables;
}

}  // namespace saywell
