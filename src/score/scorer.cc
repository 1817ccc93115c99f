#include "score/scorer.h"

#include <algorithm>
#include <cmath>

#include "score/calibration.h"

namespace saywell {
namespace {

// The network answers on the experts' 0–2 of phones, and their 0–10 of words and sentences over 5.
constexpr double kFullMarks = 2;

double to_score(float value) { return std::clamp(100 * value / kFullMarks, 0.0, 100.0); }

// Row w averages over the phones of word w.
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

Result<Scorer> Scorer::load(const std::string& model_dir) {
  const std::string path = model_dir + "/scorer.onnx";
  Result<OnnxSession> session = OnnxSession::load(path);
  if (!session.ok()) return session.status();
  const std::vector<std::string> inputs = {"phones", "phone_ids", "words", "reading"};
  if (session->input_names() != inputs || session->output_names().size() != 4) {
    return Status(Code::kKernelUnavailable, "model file '" + path + "' is not a scorer");
  }
  if (session->metadata("scorer_inputs_version") != std::to_string(kScorerInputsVersion)) {
    return Status(Code::kKernelUnavailable,
                  "model file '" + path + "' was trained for other inputs than this program's");
  }
  return Scorer(*std::move(session));
}

Result<Scores> Scorer::score(const ScorerInputs& inputs) const {
  const std::size_t word_count = inputs.word_tokens.size();
  const auto phone_size = static_cast<std::int64_t>(inputs.phone_ids.size());
  const auto word_size = static_cast<std::int64_t>(word_count);
  const std::int64_t row_size = kPhoneRowSize, reading_size = kReadingNumbers;
  std::vector<NamedTensor> tensors;
  tensors.push_back({"phones", Tensor::of_floats({1, phone_size, row_size}, inputs.phone_rows)});
  tensors.push_back({"phone_ids", Tensor::of_int64s({1, phone_size}, inputs.phone_ids)});
  tensors.push_back(
      {"words", Tensor::of_floats({1, word_size, phone_size}, pooling_matrix(inputs))});
  tensors.push_back({"reading", Tensor::of_floats({1, reading_size}, inputs.reading)});
  const Result<std::vector<Tensor>> outputs = session_.run(std::move(tensors));
  if (!outputs.ok()) return outputs.status();
  const std::vector<float>&phones = (*outputs)[0].floats, &words = (*outputs)[1].floats,
        &sentence = (*outputs)[2].floats, &verdicts = (*outputs)[3].floats;
  if (phones.size() != inputs.phone_ids.size() || words.size() != 3 * word_count ||
      sentence.size() != 5 || verdicts.size() != 3 * word_count) {
    return Status(Code::kInternal, "the scorer answered with another shape");
  }
  Scores scores;
  for (const float phone : phones) scores.phones.push_back(to_score(phone));
  for (std::size_t w = 0; w < word_count; ++w) {
    const auto probability = [&](std::size_t verdict) {
      return std::exp(static_cast<double>(verdicts[3 * w + verdict]));
    };
    scores.words.push_back({to_score(words[3 * w]), to_score(words[3 * w + 1]),
                            to_score(words[3 * w + 2]), probability(0), probability(1),
                            probability(2)});
  }
  scores.sentence = {to_score(sentence[0]), to_score(sentence[1]), to_score(sentence[2]),
                     to_score(sentence[3]), calibrate_total(to_score(sentence[4]))};
  return scores;
}

}  // namespace saywell
