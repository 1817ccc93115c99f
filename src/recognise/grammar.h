// A grammar of what may be said: its sentences.
//
//   yes I do | no I don't | (please) (show|give) me
//
// "|" separates alternatives, parentheses group them. A group without a bar is optional:
// "(please) come" is "please come" or "come". Groups may hold groups. Words are separated by
// blanks.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "saywell/status.h"

namespace saywell {

inline constexpr std::size_t kMaxGrammarBytes = 64 * 1024;
inline constexpr std::size_t kMaxGrammarSentences = 10'000;
inline constexpr std::size_t kMaxGrammarWords = 40;  // of one sentence
inline constexpr std::size_t kMaxGrammarDepth = 20;  // of groups in groups

// The sentences of `grammar`, words separated by one blank, in the order in which they are written,
// without doubles; at least one, none of them empty. Code 40031, field "grammar", saying what is
// wrong and at which byte: an empty grammar or alternative, parentheses that do not match or nest
// too deep, more sentences or words than the limits, invalid UTF-8, control characters. Pure.
Result<std::vector<std::string>> grammar_to_sentences(std::string_view grammar);

}  // namespace saywell
