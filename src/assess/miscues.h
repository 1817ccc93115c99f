// What the reader did with each word, and what else was said: the reading path in the words of a
// teacher.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "align/heard_phones.h"
#include "align/reading.h"
#include "assess/text_verdict.h"
#include "saywell/result.h"
#include "text/reference_text.h"

namespace saywell {

struct TokenMiscue {
  Miscue miscue = Miscue::kNone;
  RowSpan rows;                     // kSubstitution: where something else was said …
  std::vector<HeardPhone> instead;  // … and what
};

struct ExtraEvent {
  ExtraSpeech::Kind kind;
  int after;  // token before it, -1: before the first
  RowSpan rows;
  std::vector<HeardPhone> phones;
  std::optional<std::size_t> said_again;  // the token of which it is an earlier or broken-off try
};

struct Miscues {
  std::vector<TokenMiscue> tokens;  // one a token
  std::vector<ExtraEvent> extra;    // in order of time
  std::size_t other_phones = 0;     // heard outside the text
};

// `reading`: of the last search, which tells what was left out or replaced; `verdict`: the judge's
// of the first, who tells what was said again or put in. Pure.
Miscues find_miscues(const Posteriors& posteriors, const Reading& reading,
                     const TextVerdict& verdict);

}  // namespace saywell
