// The dictionary's knowledge of words that are written in pinyin: which syllables are 一 or 不, and
// which are neutral though they are written with their full tone.
#pragma once

#include <cstdint>
#include <vector>

#include "mandarin/reading_dictionary.h"
#include "mandarin/tone_sandhi.h"

namespace saywell {

struct PinyinWord {
  std::vector<Morpheme> morphemes;  // one per syllable
  // Whether the syllable is neutral in a word that is otherwise read so (zhuo1-zi3: 桌子
  // zhuo1-zi0).
  std::vector<bool> neutral;
  bool known = false;  // a word of the dictionary is read exactly as it is written
};

class PinyinWords {
 public:
  // Takes some 7 MB while it is made.
  explicit PinyinWords(const ReadingDictionary& dictionary);

  // A word that the dictionary lacks has 一 and 不 where it is one syllable, begins with it, or has
  // it between two equal ones; elsewhere it may be. Thread-safe.
  PinyinWord look_up(const std::vector<Syllable>& word) const;

 private:
  struct Entry {
    std::uint64_t key;     // up to four syllables of 12 bits
    std::uint8_t with;     // bit i: syllable i is 一 or 不 in some word of this reading
    std::uint8_t without;  // … and is not in some other
  };
  const Entry* find(std::uint64_t key) const;
  const Entry* find_with_neutral(const std::vector<Syllable>& word,
                                 std::vector<bool>& neutral) const;

  std::vector<Entry> entries_;  // by key
};

}  // namespace saywell
