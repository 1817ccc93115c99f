// The marks behind a word of the reference text: "(s:1)", "(z:l ay v|l ih v)", "(s:1,t:0)".
//
// Grammar: mark = "(" item *("," item) ")" · item = name ":" value · name s, t, g or c with value 0
// or 1, or z with alternatives "phone *(blank phone)" separated by "|" (or "\|"). Names may be
// capitals; blanks around names and values don't matter.
#pragma once

#include <string_view>

#include "saywell/status.h"
#include "text/reference_text.h"

namespace saywell {

// Reads one group of marks, `inner` being what stands between its parentheses, into `marks`. Code
// 40031 naming `word` and the mark for an unknown name, a value that is not allowed, a phone that
// is none, and a mark given twice.
Status parse_marks(std::string_view inner, std::string_view word, Marks& marks);

}  // namespace saywell
