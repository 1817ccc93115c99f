#include "mandarin/pinyin_words.h"

#include <algorithm>

#include "mandarin/hanzi.h"

namespace saywell {
namespace {

constexpr std::size_t kLongestWord = 4;
constexpr unsigned kBitsPerSyllable = 12;  // of PackedSyllable::value() + 1

std::uint64_t shifted(PackedSyllable syllable, std::size_t place) {
  return static_cast<std::uint64_t>(syllable.value() + 1) << (place * kBitsPerSyllable);
}

bool is_yi(const Syllable& syllable) {
  return syllable.tone == 1 && !syllable.erhua && spelling_of(syllable.id) == "yi";
}

bool is_bu(const Syllable& syllable) {
  return syllable.tone == 4 && !syllable.erhua && spelling_of(syllable.id) == "bu";
}

std::uint64_t key_of(const std::vector<Syllable>& word, const std::vector<bool>& neutral) {
  std::uint64_t key = 0;
  for (std::size_t i = 0; i < word.size(); ++i) {
    Syllable syllable = word[i];
    if (neutral[i]) syllable.tone = kNeutralTone;
    key |= shifted(PackedSyllable(syllable), i);
  }
  return key;
}

// True where a syllable of a word that the dictionary lacks is 一 or 不.
bool is_surely_particle(const std::vector<Syllable>& word, std::size_t i) {
  return i == 0 || (i + 1 < word.size() && word[i - 1] == word[i + 1]);
}

}  // namespace

PinyinWords::PinyinWords(const ReadingDictionary& dictionary) {
  dictionary.for_each([this](std::string_view word, const Reading& reading) {
    if (reading.size() < 2 || reading.size() > kLongestWord) return;
    Entry entry{};
    for (std::size_t i = 0, at = 0; i < reading.size(); ++i) {
      if (reading[i].is_erhua()) return;
      const std::size_t bytes = character_bytes(word, at);
      const std::string_view character = word.substr(at, bytes);
      const bool is_particle = character == "一" || character == "不";
      (is_particle ? entry.with : entry.without) |= static_cast<std::uint8_t>(1u << i);
      entry.key |= shifted(reading[i], i);
      at += bytes;
    }
    entries_.push_back(entry);
  });
  std::sort(entries_.begin(), entries_.end(),
            [](const Entry& a, const Entry& b) { return a.key < b.key; });
  std::size_t kept = 0;
  for (const Entry& entry : entries_) {
    if (kept > 0 && entries_[kept - 1].key == entry.key) {
      entries_[kept - 1].with |= entry.with;
      entries_[kept - 1].without |= entry.without;
    } else {
      entries_[kept++] = entry;
    }
  }
  entries_.resize(kept);
  entries_.shrink_to_fit();
}

const PinyinWords::Entry* PinyinWords::find(std::uint64_t key) const {
  const auto found =
      std::lower_bound(entries_.begin(), entries_.end(), key,
                       [](const Entry& entry, std::uint64_t k) { return entry.key < k; });
  return found != entries_.end() && found->key == key ? &*found : nullptr;
}

// Tries the syllables behind the first as neutral, the fewest first.
const PinyinWords::Entry* PinyinWords::find_with_neutral(const std::vector<Syllable>& word,
                                                         std::vector<bool>& neutral) const {
  const unsigned subsets = 1u << (word.size() - 1);
  for (std::size_t wanted = 1; wanted < word.size(); ++wanted) {
    for (unsigned subset = 1; subset < subsets; ++subset) {
      std::vector<bool> tried(word.size(), false);
      for (std::size_t i = 1; i < word.size(); ++i) {
        tried[i] = (subset >> (i - 1) & 1u) != 0 && word[i].tone != kNeutralTone;
      }
      if (static_cast<std::size_t>(std::count(tried.begin(), tried.end(), true)) != wanted)
        continue;
      if (const Entry* entry = find(key_of(word, tried))) {
        neutral = tried;
        return entry;
      }
    }
  }
  return nullptr;
}

PinyinWord PinyinWords::look_up(const std::vector<Syllable>& word) const {
  PinyinWord result;
  result.morphemes.resize(word.size(), Morpheme::kOther);
  result.neutral.resize(word.size(), false);
  const bool has_erhua =
      std::any_of(word.begin(), word.end(), [](const Syllable& one) { return one.erhua; });
  const bool is_listed = word.size() >= 2 && word.size() <= kLongestWord && !has_erhua;
  const Entry* entry = is_listed ? find(key_of(word, result.neutral)) : nullptr;
  result.known = entry != nullptr;
  if (is_listed) {
    const Entry* with_neutral = find_with_neutral(word, result.neutral);
    if (entry == nullptr) entry = with_neutral;
  }
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (!is_yi(word[i]) && !is_bu(word[i])) continue;
    const unsigned bit = 1u << i;
    const bool may_be = entry == nullptr || (entry->with & bit) != 0;
    const bool is_sure =
        entry == nullptr ? is_surely_particle(word, i) : (entry->without & bit) == 0;
    if (!may_be) continue;
    if (is_yi(word[i])) {
      result.morphemes[i] = is_sure ? Morpheme::kYi : Morpheme::kPerhapsYi;
    } else {
      result.morphemes[i] = is_sure ? Morpheme::kBu : Morpheme::kPerhapsBu;
    }
  }
  return result;
}

}  // namespace saywell
