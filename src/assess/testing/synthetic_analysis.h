// Measurements of a reading, and its text, for tests.
#pragma once

#include <string_view>
#include <vector>

#include "assess/analysis.h"
#include "assess/text_miscue_probabilities.h"

namespace saywell {

// The analysis of synthetic_reading(): good audio with speech from its begin to its end.
Analysis synthetic_analysis(std::string_view heard, std::string_view tokens,
                            const std::vector<PathEvent>& events);

// The text of `words` ("we call it"), pronounced as `tokens` of synthetic_text().
ReferenceText synthetic_reference(std::string_view words, std::string_view tokens);

// A classifier's answer: everything was read, nothing repeated, nothing inserted.
TextMiscueProbabilities everything_read(std::size_t tokens);

}  // namespace saywell
