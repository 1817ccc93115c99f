// How a text was delivered: pauses, speed, stressed words, rising ends. Rules on measurements, each
// stated in docs/scoring.md.
#pragma once

#include <string_view>
#include <vector>

#include "assess/analysis.h"
#include "saywell/result.h"

namespace saywell {

// Fills the words' stressed, rising and pause fields, asked and heard, and their fluency.
void add_delivery(const Analysis& analysis, const ReferenceText& text, std::string_view ref_text,
                  std::vector<WordResult>& words);

// Fills fluency.pause and .speed and rhythm's parts of a reading of words [first, end), whose
// overall values are there already.
void rate_delivery(const std::vector<WordResult>& words, std::size_t first, std::size_t end,
                   ReadingScores& scores);

}  // namespace saywell
