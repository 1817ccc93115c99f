#include "text/word_readings.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "text/abbreviations.h"

namespace saywell {
namespace {

constexpr std::size_t kLongestSpelled = 6;    // an acronym; longer runs of capitals are words
constexpr std::size_t kLongestAmbiguous = 3;  // "US", "IT": a word and an acronym
constexpr std::size_t kLongestWord = 64;

bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
bool is_small(char c) { return c >= 'a' && c <= 'z'; }

bool has_vowel(std::string_view lower) {
  return lower.find_first_of("aeiouy") != std::string_view::npos;
}

bool all_capitals(std::string_view text) {
  return std::all_of(text.begin(), text.end(), is_capital);
}

// Letters without a vowel, or too many of them, are not read unless the dictionary has them.
bool is_sayable(std::string_view lower) { return has_vowel(lower) && lower.size() <= kLongestWord; }

Readings read_capitals(const std::string& word, const TokenContext& context) {
  const std::string lower = to_lower(word);
  Readings readings;
  const bool known = context.is_known(lower);
  const bool short_enough = word.size() <= kLongestSpelled;
  const bool as_word_first = known || context.all_capitals || word.size() > kLongestAmbiguous;
  if (as_word_first && (known || is_sayable(lower))) add_reading(readings, {lower});
  if (!context.all_capitals) add_readings(readings, read_roman(word));
  const bool may_be_acronym = !known || (!context.all_capitals && word.size() <= kLongestAmbiguous);
  if (short_enough && may_be_acronym) add_reading(readings, spelled(word));
  if (is_sayable(lower)) add_reading(readings, {lower});
  return readings;
}

// "CEOs", "DVD's": the plural of an acronym. Empty when `word` is none.
Readings read_plural_acronym(const std::string& word, const TokenContext& context) {
  std::string stem = word;
  if (stem.ends_with("'s")) {
    stem.resize(stem.size() - 2);
  } else if (stem.ends_with('s')) {
    stem.pop_back();
  }
  if (stem.size() == word.size() || stem.size() < 2 || stem.size() > kLongestSpelled ||
      !all_capitals(stem)) {
    return {};
  }
  Readings readings;
  const std::string lower = to_lower(word);
  if (context.is_known(lower)) add_reading(readings, {lower});
  Words letters = spelled(stem);
  letters.back() += "'s";
  add_reading(readings, std::move(letters));
  return readings;
}

// "YouTube" -> you tube: parts that begin with a capital, each read by itself.
Readings read_inner_capitals(const std::string& word, const TokenContext& context) {
  Words parts;
  for (const char c : word) {
    if (parts.empty() ||
        (is_capital(c) && !parts.back().empty() && is_small(parts.back().back()))) {
      parts.emplace_back();
    }
    parts.back() += c;
  }
  if (parts.size() < 2) return {};
  Readings readings;
  for (const std::string& part : parts) {
    const Readings inner = read_letters(part, context);
    if (inner.empty()) return {};
    readings = cross(readings, inner);
  }
  return readings;
}

std::string without_quotes(const std::string& word) {
  const std::size_t first = word.find_first_not_of('\'');
  if (first == std::string::npos) return {};
  return word.substr(first, word.find_last_not_of('\'') - first + 1);
}

Readings read_single(char letter, const TokenContext& context) {
  const auto capital = static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
  if (capital != 'A' && capital != 'I') return {{std::string(1, capital)}};
  const std::string lower = to_lower(std::string_view(&letter, 1));
  return context.is_known(lower) ? Readings{{lower}} : Readings{{std::string(1, capital)}};
}

}  // namespace

Readings read_letters(const std::string& letters, const TokenContext& context) {
  const std::string lower = to_lower(letters);
  const std::string bare = without_quotes(letters);
  if (bare.empty()) return {};
  if (bare.size() == 1 && bare == letters) return read_single(bare[0], context);
  if (bare.size() >= 2 && all_capitals(bare)) return read_capitals(bare, context);
  Readings readings = read_plural_acronym(bare, context);
  if (!readings.empty()) return readings;
  const std::string bare_lower = to_lower(bare);
  if (context.is_known(lower)) add_reading(readings, {lower});
  if (bare.size() > 1 && context.is_known(bare_lower)) add_reading(readings, {bare_lower});
  if (!readings.empty()) return readings;
  readings = read_inner_capitals(bare, context);
  if (is_sayable(bare_lower)) add_reading(readings, {bare_lower});
  return readings;
}

Words spelled(std::string_view letters) {
  Words words;
  for (const char c : letters) {
    if (c == '\'') continue;
    words.emplace_back(1, static_cast<char>(std::toupper(static_cast<unsigned char>(c))));
  }
  return words;
}

Readings read_roman(const std::string& letters) {
  constexpr std::array<std::string_view, 10> kOnes = {"",  "I",  "II",  "III",  "IV",
                                                      "V", "VI", "VII", "VIII", "IX"};
  if (letters.size() < 2) return {};
  for (std::uint64_t value = 2; value < 40; ++value) {
    const std::string written = std::string(value / 10, 'X') + std::string(kOnes[value % 10]);
    if (written != letters) continue;
    const Words number = cardinal_words(value);
    return {number, joined({"the"}, ordinal_of(number))};
  }
  return {};
}

}  // namespace saywell
