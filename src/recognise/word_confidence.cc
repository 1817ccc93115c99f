#include "recognise/word_confidence.h"

#include <cmath>

namespace saywell {

double word_confidence(const WordEvidence& evidence) {
  // Of train/fit_confidence.py.
  constexpr double kBias = 2.83, kLowest = 1.93, kUtterance = 4.19;
  const double logit = kBias + kLowest * evidence.lowest + kUtterance * evidence.utterance;
  return 1 / (1 + std::exp(-logit));
}

}  // namespace saywell
