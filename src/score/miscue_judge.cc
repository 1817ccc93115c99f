#include "score/miscue_judge.h"

#include "base/status_macros.h"
#include "score/gap_inputs.h"
#include "score/network_inputs.h"

namespace saywell {

Result<MiscueJudge> MiscueJudge::load(const std::string& model_dir) {
  const std::string path = model_dir + "/miscues.onnx";
  ASSIGN_OR_RETURN(
      OnnxSession session,
      load_network(path,
                   {{"phones", "phone_ids", "words", "reading", "gaps"}, 2, "a judge of miscues"}));
  return MiscueJudge(std::move(session));
}

Result<ReadingVerdict> MiscueJudge::judge(const ScorerInputs& inputs,
                                          std::vector<float> gap_rows) const {
  constexpr std::size_t kVerdicts = 4;
  const std::size_t words = inputs.word_tokens.size();
  std::vector<NamedTensor> tensors = network_inputs(inputs);
  const std::int64_t gaps = static_cast<std::int64_t>(words) + 1, row_size = kGapRowSize;
  tensors.push_back({"gaps", Tensor::of_floats({1, gaps, row_size}, std::move(gap_rows))});
  ASSIGN_OR_RETURN(const std::vector<Tensor> outputs, session_.run(std::move(tensors)));
  const std::vector<float>&verdicts = outputs[0].floats, &put_in = outputs[1].floats;
  if (verdicts.size() != kVerdicts * words || put_in.size() != words + 1)
    return Status(Code::kInternal, "the judge of miscues answered with another shape");
  ReadingVerdict reading;
  for (std::size_t w = 0; w < words; ++w) {
    const float* of_word = verdicts.data() + kVerdicts * w;
    reading.words.push_back({of_word[0], of_word[1], of_word[2], of_word[3]});
  }
  reading.put_in.assign(put_in.begin(), put_in.end());
  return reading;
}

}  // namespace saywell
