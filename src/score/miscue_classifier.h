// Probabilities of the miscues of each word and gap: a small trained network over the phones, words
// and gaps of a reading (train/miscue_classifier.py).
#pragma once

#include <string>
#include <vector>

#include "onnx/onnx_session.h"
#include "score/scorer_inputs.h"

namespace saywell {

// Probabilities of one word; the first three sum to 1.
struct WordMiscues {
  double read = 1;
  double omission = 0;
  double substitution = 0;  // another word was said in its place
  double repetition = 0;    // it was said twice or more
};

struct MiscueProbabilities {
  std::vector<WordMiscues> words;  // one per word of the inputs
  std::vector<double> insertions;  // that a word was inserted before each, and behind the last
};

// Thread-safe; loaded once.
class MiscueClassifier {
 public:
  // Reads miscues.onnx. Code 40051 names it when it is missing, another model or of another feature
  // schema.
  static Result<MiscueClassifier> load(const std::string& model_dir);

  // `gap_features`: of make_gap_features() for the words of `inputs`. Code 500 when the runtime
  // fails. REQUIRES: at least one phone.
  Result<MiscueProbabilities> classify(const ScorerInputs& inputs,
                                       std::vector<float> gap_features) const;

 private:
  explicit MiscueClassifier(OnnxSession session) : session_(std::move(session)) {}
  OnnxSession session_;
};

}  // namespace saywell
