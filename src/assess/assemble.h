// Makes the Assessment from measurements and scores.
#pragma once

#include <string_view>
#include <vector>

#include "assess/analysis.h"
#include "assess/miscues.h"
#include "assess/text_parts.h"
#include "saywell/result.h"

namespace saywell {

// REQUIRES: `parts` cover the text in order, and at least one was read. Pure.
Assessment assemble_assessment(const Analysis& analysis, const ReferenceText& text,
                               std::string_view ref_text, const Miscues& miscues,
                               const std::vector<ScoredPart>& parts);

// Words reported as omitted although the first search found something that the scorer, in
// `first_parts`, did not find worthless: they get those scores instead of 0. Miscues of short,
// mumbled words are uncertain, and 0 would be far from the experts' scores.
void score_doubtful_words(const std::vector<ScoredPart>& first_parts,
                          std::vector<WordResult>& words);

}  // namespace saywell
