#include "score/scorer.h"

#include <algorithm>
#include <cmath>

#include "base/status_macros.h"
#include "score/calibration.h"
#include "score/network_inputs.h"

namespace saywell {
namespace {

// The network's scale is the experts' 0–2 of phones, and their 0–10 of words and sentences divided
// by 5.
constexpr double kFullMarks = 2;

double to_score(float value) { return std::clamp(100 * value / kFullMarks, 0.0, 100.0); }

}  // namespace

Result<Scorer> Scorer::load(const std::string& model_dir) {
  const std::string path = model_dir + "/scorer.onnx";
  ASSIGN_OR_RETURN(
      OnnxSession session,
      load_network(path, {{"phones", "phone_ids", "words", "reading"}, 3, "a scorer"}));
  return Scorer(std::move(session));
}

Result<Scores> Scorer::score(const ScorerInputs& inputs) const {
  const std::size_t word_count = inputs.word_tokens.size();
  ASSIGN_OR_RETURN(const std::vector<Tensor> outputs, session_.run(network_inputs(inputs)));
  const std::vector<float>&phones = outputs[0].floats, &words = outputs[1].floats,
        &sentence = outputs[2].floats;
  if (phones.size() != inputs.phone_ids.size() || words.size() != 3 * word_count ||
      sentence.size() != 5) {
    return Status(Code::kInternal, "the scorer answered with another shape");
  }
  Scores scores;
  for (const float phone : phones) scores.phones.push_back(to_score(phone));
  for (std::size_t w = 0; w < word_count; ++w) {
    scores.words.push_back(
        {to_score(words[3 * w]), to_score(words[3 * w + 1]), to_score(words[3 * w + 2])});
  }
  scores.sentence = {to_score(sentence[0]), to_score(sentence[1]), to_score(sentence[2]),
                     to_score(sentence[3]), calibrate_total(to_score(sentence[4]))};
  return scores;
}

}  // namespace saywell
