// Scores from features: a small trained network over a sentence's phones (train/scorer.py).
//
// The phones' features, a recurrent layer over the sentence, then one head for the phones, one for
// the words (their phones pooled) and one for the sentence, all on the experts' scales.
#pragma once

#include <string>
#include <vector>

#include "onnx/onnx_session.h"
#include "score/scorer_inputs.h"

namespace saywell {

// All 0–100: the experts' phone score times 50, their word and sentence scores times 10.
struct WordScores {
  double accuracy = 0;
  double stress = 0;
  double total = 0;
};

struct SentenceScores {
  double accuracy = 0;
  double completeness = 0;
  double fluency = 0;
  double prosodic = 0;
  double total = 0;
};

struct Scores {
  std::vector<double> phones;     // one per phone of the inputs
  std::vector<WordScores> words;  // one per word of the inputs
  SentenceScores sentence;
};

// Thread-safe; loaded once.
class Scorer {
 public:
  // Reads scorer.onnx. Code 40051 names it when it is missing, another model or of another feature
  // schema.
  static Result<Scorer> load(const std::string& model_dir);

  // The trained heads' name and version, from the model file.
  std::string name() const { return session_.metadata("name"); }

  // Code 500 when the runtime fails. REQUIRES: at least one phone.
  Result<Scores> score(const ScorerInputs& inputs) const;

 private:
  explicit Scorer(OnnxSession session) : session_(std::move(session)) {}
  OnnxSession session_;
};

}  // namespace saywell
