#include "score/network_inputs.h"

#include "base/status_macros.h"
#include "score/feature_schema.h"

namespace saywell {
namespace {

std::vector<float> pooling_matrix(const ScorerInputs& inputs) {
  const std::size_t words = inputs.word_tokens.size(), phones = inputs.phone_words.size();
  std::vector<float> pooling(words * phones, 0.0F);
  std::vector<float> sizes(words, 0.0F);
  for (const std::size_t word : inputs.phone_words) ++sizes[word];
  for (std::size_t p = 0; p < phones; ++p) {
    pooling[inputs.phone_words[p] * phones + p] = 1 / sizes[inputs.phone_words[p]];
  }
  return pooling;
}

}  // namespace

Result<OnnxSession> load_network(const std::string& path, const NetworkShape& shape) {
  ASSIGN_OR_RETURN(OnnxSession session, OnnxSession::load(path));
  if (session.input_names() != shape.inputs || session.output_names().size() != shape.outputs) {
    return Status(Code::kKernelUnavailable, "model file '" + path + "' is not " + shape.kind);
  }
  const std::string trained_on = session.metadata("feature_schema");
  if (trained_on != feature_schema_hash()) {
    return Status(Code::kKernelUnavailable,
                  "model file '" + path + "' was trained on features of schema '" + trained_on +
                      "', this program computes schema '" + feature_schema_hash() +
                      "': use the heads that come with this program, or train them anew with it "
                      "(make train)");
  }
  return session;
}

std::vector<NamedTensor> network_inputs(const ScorerInputs& inputs) {
  const auto phones = static_cast<std::int64_t>(inputs.phone_ids.size());
  const auto words = static_cast<std::int64_t>(inputs.word_tokens.size());
  const std::int64_t phone_size = kPhoneRowSize, reading_size = kReadingRowSize;
  std::vector<NamedTensor> tensors;
  tensors.push_back({"phones", Tensor::of_floats({1, phones, phone_size}, inputs.phone_features)});
  tensors.push_back({"phone_ids", Tensor::of_int64s({1, phones}, inputs.phone_ids)});
  tensors.push_back({"words", Tensor::of_floats({1, words, phones}, pooling_matrix(inputs))});
  tensors.push_back({"reading", Tensor::of_floats({1, reading_size}, inputs.reading_features)});
  return tensors;
}

}  // namespace saywell
