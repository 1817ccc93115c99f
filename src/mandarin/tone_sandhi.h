// Tones as they are said in connected speech.
//
// - 一: second tone before a fourth, fourth tone before the others; first alone, at the end of a
//   word or phrase, in ordinals and among digits; neutral between two equal verbs (看一看).
// - 不: second tone before a fourth; neutral between two equal verbs (是不是).
// - A syllable said twice (看看): the second is neutral.
// - Third tones: a third before a third is second, first within the parts of words and pairs of
//   words of one syllable, then between them (Chen, Tone Sandhi, 2000, ch. 9): 展览馆 2 2 3,
//   小老虎 3 2 3.
#pragma once

#include <vector>

#include "mandarin/mandarin_text.h"

namespace saywell {

// The role of a syllable where the tones of others depend on it. Of pinyin it may be left open.
enum class Morpheme { kOther, kYi, kBu, kPerhapsYi, kPerhapsBu };

struct SandhiSyllable {
  MandarinSyllable* syllable;  // its tone and accepted tones are set
  Morpheme morpheme = Morpheme::kOther;
  bool part_end = false;  // a part of a word ends here (展览|馆); so it does at the word's end
  bool listed = false;    // the dictionary has its word, which then is no verb said twice
};

// Sets `tone` of every syllable from its written one, and adds it, and the written one, to
// `accepted`; a syllable that may be 一 or 不 keeps its written tone, and the changed one is
// accepted. `fixed` syllables keep theirs. Pure.
void apply_sandhi(std::vector<SandhiSyllable>& syllables);

}  // namespace saywell
