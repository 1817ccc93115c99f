// A Mandarin reference text as syllables: what is written, and what is to be said.
#pragma once

#include <bitset>
#include <cstddef>
#include <string>
#include <vector>

#include "mandarin/syllable.h"

namespace saywell {

using ToneSet = std::bitset<kToneCount>;

// One syllable of the text, in its order.
struct MandarinSyllable {
  std::string hanzi;      // as it is read ("一" for a digit); empty for pinyin
  std::size_t begin = 0;  // bytes [begin, end) of the text; a number's syllables share its bytes
  std::size_t end = 0;
  Syllable written;  // before sandhi: as the text has it, or the dictionary
  int tone = 0;      // 0–4, to be said: after sandhi
  ToneSet accepted;  // tones that are right: `tone`, the written one, others that are as good
  bool neutral_in_word = false;  // said neutral in its word, though `written` has the full tone
  bool fixed = false;            // the reading was given by a mark: no sandhi
  bool digit = false;            // read out one by one, as of a year: no sandhi of 一
  bool word_end = false;         // the last syllable of a word
  bool pause_after = false;      // punctuation follows
  bool sentence_end = false;     // the last syllable of a sentence

  Syllable spoken() const { return {written.id, static_cast<std::uint8_t>(tone), written.erhua}; }
};

struct MandarinText {
  std::vector<MandarinSyllable> syllables;
};

}  // namespace saywell
