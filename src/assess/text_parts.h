// The stretches of a text that are judged and scored by themselves.
#pragma once

#include <vector>

#include "base/core_type.h"
#include "score/miscue_judge.h"
#include "score/scorer.h"
#include "text/reference_text.h"

namespace saywell {

// Tokens [first, end).
struct TextPart {
  std::size_t first_token = 0;
  std::size_t end_token = 0;
};

// Whole text, or its sentences where the coreType asks for them.
std::vector<TextPart> parts_of(const ReferenceText& text, const CoreType& core_type);

struct ScoredPart {
  TextPart part;
  ScorerInputs inputs;
  ReadingVerdict verdict;  // empty when nothing was read, and after the second search
  Scores scores;           // empty when nothing of the part was read
  bool read = false;
};

}  // namespace saywell
