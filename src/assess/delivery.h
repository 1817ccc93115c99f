// The delivery of a text: pauses, speed, stressed words, rising ends, by rules on measurements
// (docs/scoring.md).
#pragma once

#include <string_view>
#include <vector>

#include "assess/analysis.h"
#include "saywell/result.h"

namespace saywell {

// Fills in the words' stressed, rising and pause fields, asked and heard, and their fluency.
// REQUIRES: the words have their times; one per token of `text`.
void add_delivery(const Analysis& analysis, const ReferenceText& text, std::string_view ref_text,
                  std::vector<WordResult>& words);

// Fills in fluency.pause and .speed, and the parts of a present rhythm, of a reading of words
// [first, end). Their overall values are already set.
void rate_delivery(const std::vector<WordResult>& words, std::size_t first, std::size_t end,
                   ReadingScores& scores);

}  // namespace saywell
