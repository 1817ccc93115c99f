// How sure we are of a word: the share of words like it that were right.
//
// A logistic regression on the decoder's probabilities of the word and of all that was said with
// it, fitted on learners (train/fit_confidence.py), on half of the speakers and checked on the
// other half. The decoder itself never heard them.
#pragma once

#include "saywell/transcript.h"

namespace saywell {

// 0–1. Rises with both. Pure.
double word_confidence(const WordEvidence& evidence);

}  // namespace saywell
