// The parts of a text that are classified and scored by themselves.
#pragma once

#include <vector>

#include "base/core_type.h"
#include "score/miscue_classifier.h"
#include "score/scorer.h"
#include "text/reference_text.h"

namespace saywell {

// Tokens [first_token, end_token).
struct TextPart {
  std::size_t first_token = 0;
  std::size_t end_token = 0;
};

// The whole text, or its sentences if the coreType asks for them.
std::vector<TextPart> parts_of(const ReferenceText& text, const CoreType& core_type);

struct ScoredPart {
  TextPart part;
  ScorerInputs inputs;
  MiscueProbabilities miscues;  // empty when nothing was read, and after the second search
  Scores scores;                // empty when nothing of the part was read
  bool read = false;
};

}  // namespace saywell
