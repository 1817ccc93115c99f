// Alignments for tests, made by the builder that makes the real ones.
#pragma once

#include <string_view>
#include <vector>

#include "align/alignment.h"

namespace saywell {

// A text of one variant per token, vowels with primary stress: "W IY|K AO L" has two tokens.
TextVariants synthetic_text(std::string_view tokens);

// Events of a path, for lists like {said(0, {0, 6}), other_speech(1, {6, 15}), said(1, {15, 24})}.
PathEvent said(std::size_t token, FrameSpan frames);
PathEvent said_instead(std::size_t token, FrameSpan frames);  // another word in its place
PathEvent other_speech(std::size_t next_token, FrameSpan frames);

// `events` in `posteriors`, as build_alignment() makes it; the test fails if they do not fit.
Alignment synthetic_alignment(const Posteriors& posteriors, std::string_view tokens,
                              const std::vector<PathEvent>& events);

}  // namespace saywell
