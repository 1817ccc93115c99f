// Reference texts of numbered pinyin: "Ni2-hao3, shi4-jie4!"
//
// Grammar: words are separated by white space or punctuation; a word is syllables joined by "-"; a
// syllable is letters (ü is written v) and its tone, 0 for neutral, 1–4. Capitals count as small
// letters; "huar1" is hua1 with erhua.
#pragma once

#include <string_view>

#include "mandarin/mandarin_text.h"
#include "saywell/status.h"

namespace saywell {

// The syllables of `ref_text`, at least one, before sandhi: `tone` is the written one. Codes, field
// refText, naming the first syllable at fault: 40031 for text without syllables, control
// characters, other scripts, a tone that is missing or none of 0–4, "u:" and "ü", and more than
// `max_syllables`; 20301, behind all of these, for a spelling that no syllable has ("xong4"). Pure.
Result<MandarinText> parse_pinyin_text(std::string_view ref_text, std::size_t max_syllables);

}  // namespace saywell
