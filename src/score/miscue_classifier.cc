#include "score/miscue_classifier.h"

#include "base/status_macros.h"
#include "score/network_inputs.h"

namespace saywell {

Result<MiscueClassifier> MiscueClassifier::load(const std::string& model_dir) {
  const NetworkShape shape = {
      {"phones", "phone_ids", "words", "reading", "gaps"}, 2, "a classifier of miscues"};
  ASSIGN_OR_RETURN(OnnxSession session, load_network(model_dir + "/miscues.onnx", shape));
  return MiscueClassifier(std::move(session));
}

Result<MiscueProbabilities> MiscueClassifier::classify(const ScorerInputs& inputs,
                                                       std::vector<float> gap_features) const {
  constexpr std::size_t kPerWord = 4;
  const std::size_t words = inputs.word_tokens.size();
  std::vector<NamedTensor> tensors = network_inputs(inputs);
  const std::int64_t gaps = static_cast<std::int64_t>(words) + 1, row_size = kGapRowSize;
  tensors.push_back({"gaps", Tensor::of_floats({1, gaps, row_size}, std::move(gap_features))});
  ASSIGN_OR_RETURN(const std::vector<Tensor> outputs, session_.run(std::move(tensors)));
  const std::vector<float>&of_words = outputs[0].floats, &insertions = outputs[1].floats;
  if (of_words.size() != kPerWord * words || insertions.size() != words + 1)
    return Status(Code::kInternal, "the classifier of miscues answered with another shape");
  MiscueProbabilities probabilities;
  for (std::size_t w = 0; w < words; ++w) {
    const float* word = of_words.data() + kPerWord * w;
    probabilities.words.push_back({word[0], word[1], word[2], word[3]});
  }
  probabilities.insertions.assign(insertions.begin(), insertions.end());
  return probabilities;
}

}  // namespace saywell
