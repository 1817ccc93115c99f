// What became of each word of the text, and where something else was said: a small trained network
// over the phones, words and gaps of a reading (train/miscue_judge.py).
#pragma once

#include <string>
#include <vector>

#include "onnx/onnx_session.h"
#include "score/scorer_inputs.h"

namespace saywell {

// Probabilities; the first three sum to 1.
struct WordVerdict {
  double read = 1;
  double left_out = 0;
  double replaced = 0;    // another word was said in its place
  double said_again = 0;  // it was said twice or more
};

struct ReadingVerdict {
  std::vector<WordVerdict> words;  // one a word of the inputs
  std::vector<double> put_in;      // that a word was said before each, and behind the last
};

// Thread-safe; loaded once.
class MiscueJudge {
 public:
  // Reads miscues.onnx. Code 40051 naming it when it is missing or another model.
  static Result<MiscueJudge> load(const std::string& model_dir);

  // `gap_rows`: of make_gap_rows() for the words of `inputs`. Code 500 when the runtime fails.
  // REQUIRES: at least one phone.
  Result<ReadingVerdict> judge(const ScorerInputs& inputs, std::vector<float> gap_rows) const;

 private:
  explicit MiscueJudge(OnnxSession session) : session_(std::move(session)) {}
  OnnxSession session_;
};

}  // namespace saywell
