// Characters to syllables: words by the dictionary, characters of several readings by the network
// and the dictionary together.
#pragma once

#include "mandarin/character_text.h"
#include "mandarin/mandarin_text.h"
#include "mandarin/polyphone_model.h"
#include "mandarin/reading_dictionary.h"
#include "saywell/status.h"

namespace saywell {

// The syllables of `text` before sandhi, 儿 joined where it is erhua; the ends of words' parts go
// to `part_ends`, one per syllable. Codes, field refText: 20301 naming the first character that has
// no reading; 40031 naming the first with a mark that is none of its readings. A mark may differ
// from a reading by sandhi: 你(ni2), 不(bu2), and any reading may be neutral.
struct CharacterReadings {
  const ReadingDictionary& dictionary;
  const PolyphoneModel& polyphones;

  Result<MandarinText> read(const CharacterText& text, std::vector<bool>& part_ends) const;
};

}  // namespace saywell
