// From measurements and scores to the Assessment that is answered.
#pragma once

#include <string_view>
#include <vector>

#include "assess/analysis.h"
#include "assess/miscues.h"
#include "assess/text_parts.h"
#include "saywell/result.h"

namespace saywell {

// REQUIRES: `parts` cover the text in order, at least one was read. Pure.
Assessment assemble_assessment(const Analysis& analysis, const ReferenceText& text,
                               std::string_view ref_text, const Miscues& miscues,
                               const std::vector<ScoredPart>& parts);

// Words reported as omitted of which the first search had found something that the scorer, in
// `first_parts`, did not find worthless: they get those scores instead of 0. The finder of miscues
// is not sure of short, mumbled words, and 0 would be far from what an expert gives them.
void score_doubtful_words(const std::vector<ScoredPart>& first_parts,
                          std::vector<WordResult>& words);

}  // namespace saywell
