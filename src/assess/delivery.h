// How a text was delivered: pauses, speed, stressed words, rising ends. These are rules on
// measurements; docs/scoring.md has each of them.
#pragma once

#include <string_view>
#include <vector>

#include "assess/analysis.h"
#include "saywell/result.h"

namespace saywell {

// Fills in the words' stressed, rising and pause fields, asked and heard, and their fluency. The
// words have their times; there is one per token of `text`.
void add_delivery(const Analysis& analysis, const ReferenceText& text, std::string_view ref_text,
                  std::vector<WordResult>& words);

// Fills in fluency.pause and .speed, and rhythm's parts where there is a rhythm, of a reading of
// words [first, end). Their overall values are there already.
void rate_delivery(const std::vector<WordResult>& words, std::size_t first, std::size_t end,
                   ReadingScores& scores);

}  // namespace saywell
