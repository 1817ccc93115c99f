#include "recognise/token_decoder.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "base/status_macros.h"
#include "onnx/onnx_weights.h"

namespace saywell {
namespace {

constexpr int kLayers = 8, kHeads = 8, kHeadWidth = 52;
constexpr std::size_t kVocabulary = 32768;  // the decoder's; above the tokenizer's are no texts
constexpr float kNormEpsilon = 1e-5F;
constexpr std::int64_t kCastToFloat = 1;  // TensorProto::FLOAT
constexpr char kDecoderFile[] = "/moonshine_base_decoder.onnx";
constexpr char kEncoderFile[] = "/moonshine_base_encoder.onnx";

// "present.3.decoder.key" and so on, layer by layer.
std::vector<std::string> attention_names(const std::string& prefix, const std::string& kind) {
  std::vector<std::string> names;
  for (int layer = 0; layer < kLayers; ++layer) {
    for (const char* part : {".key", ".value"}) {
      names.push_back(prefix + std::to_string(layer) + "." + kind + part);
    }
  }
  return names;
}

// Keys and values of all layers before they are split into heads: how the file does that asks for
// the whole of a first step.
OnnxBranch cross_branch() {
  OnnxBranch branch{"else_branch", {}, {}};
  for (int layer = 0; layer < kLayers; ++layer) {
    for (const char* part : {"k", "v"}) {
      branch.outputs.push_back("/model/decoder/layers." + std::to_string(layer) + "/encoder_attn/" +
                               part + "_proj/MatMul_output_0");
    }
  }
  return branch;
}

// [1, frames, heads * width] to [1, heads, frames, width].
OnnxValue split_into_heads(const OnnxValue& value) {
  const std::span<const float> from = value.floats();
  const std::size_t frames = from.size() / kEncoderWidth;
  std::vector<float> to;
  to.reserve(from.size());
  for (std::size_t head = 0; head < kHeads; ++head) {
    for (std::size_t frame = 0; frame < frames; ++frame) {
      const auto part = from.subspan(frame * kEncoderWidth + head * kHeadWidth, kHeadWidth);
      to.insert(to.end(), part.begin(), part.end());
    }
  }
  const std::array<std::int64_t, 4> shape = {1, kHeads, static_cast<std::int64_t>(frames),
                                             kHeadWidth};
  return OnnxValue::of_floats(shape, to);
}

// The last layer in integers: the pattern in which the file holds all other layers.
OnnxBranch step_branch() {
  const std::string weight = "model.decoder.embed_tokens.weight";
  OnnxBranch branch{"then_branch", {"token_scores"}, {}};
  for (std::string& name : attention_names("present.", "decoder")) {
    branch.outputs.push_back(std::move(name));
  }
  branch.added = {
      {"DynamicQuantizeLinear",
       {"/model/decoder/norm/Mul_output_0"},
       {"last_quantized", "last_scale", "last_zero_point"}},
      {"MatMulInteger",
       {"last_quantized", weight + "_transposed_quantized", "last_zero_point",
        weight + "_merged_0_zero_point"},
       {"score_integers"}},
      {"Cast", {"score_integers"}, {"score_floats"}, "to", kCastToFloat},
      {"Mul", {"last_scale", weight + "_merged_0_scale"}, {"score_scale"}},
      {"Mul", {"score_floats", "score_scale"}, {"token_scores"}},
  };
  return branch;
}

// Scores of one position to log probabilities.
void scores_to_log_probs(std::span<const float> scores, float* log_probs) {
  const float highest = *std::max_element(scores.begin(), scores.end());
  float sum = 0;
  for (const float score : scores) sum += std::exp(score - highest);
  const float log_sum = highest + std::log(sum);
  std::transform(scores.begin(), scores.end(), log_probs,
                 [log_sum](float score) { return score - log_sum; });
}

float log_prob_of(std::span<const float> scores, TokenId token) {
  const float highest = *std::max_element(scores.begin(), scores.end());
  float sum = 0;
  for (const float score : scores) sum += std::exp(score - highest);
  return scores[static_cast<std::size_t>(token)] - highest - std::log(sum);
}

std::vector<OnnxValue> empty_past(std::int64_t rows) {
  std::vector<OnnxValue> past;
  const std::array<std::int64_t, 4> shape = {rows, kHeads, 0, kHeadWidth};
  for (int i = 0; i < 2 * kLayers; ++i) past.push_back(OnnxValue::of_floats(shape, {}));
  return past;
}

OnnxValue tokens_value(std::int64_t rows, const std::vector<std::int64_t>& tokens) {
  const std::array<std::int64_t, 2> shape = {rows, static_cast<std::int64_t>(tokens.size()) / rows};
  return OnnxValue::of_int64s(shape, tokens);
}

// Whether row i of this step continues row i of the last one, and none is left over.
bool in_place(std::span<const BeamRow> rows, std::size_t last_count) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].parent != i) return false;
  }
  return rows.size() == last_count;
}

}  // namespace

TokenDecoder::TokenDecoder(OnnxSession cross, OnnxSession step, std::vector<float> norm)
    : cross_(std::move(cross)), step_(std::move(step)), norm_(std::move(norm)) {}

Result<TokenDecoder> TokenDecoder::load(const std::string& model_dir) {
  const std::string path = model_dir + kDecoderFile;
  ASSIGN_OR_RETURN(OnnxSession cross, OnnxSession::load(path, {.branch = cross_branch()}));
  ASSIGN_OR_RETURN(OnnxSession step, OnnxSession::load(path, {.branch = step_branch()}));
  ASSIGN_OR_RETURN(std::vector<float> norm,
                   load_onnx_weights(model_dir + kEncoderFile, "layer_norm.weight"));
  if (norm.size() != static_cast<std::size_t>(kEncoderWidth)) {
    return Status(Code::kKernelUnavailable,
                  "model file '" + model_dir + kEncoderFile + "' is not the decoder's encoder");
  }
  return TokenDecoder(std::move(cross), std::move(step), std::move(norm));
}

// The norm that the encoder's file has behind the layer we read last.
std::vector<float> TokenDecoder::encoder_output(const Embeddings& embeddings) const {
  std::vector<float> output;
  output.reserve(embeddings.frame_count * kEncoderWidth);
  for (std::size_t frame = 0; frame < embeddings.frame_count; ++frame) {
    const std::span<const float> values = embeddings.frame(frame).last(kEncoderWidth);
    const float mean = std::accumulate(values.begin(), values.end(), 0.0F) / kEncoderWidth;
    float variance = 0;
    for (const float value : values) variance += (value - mean) * (value - mean);
    const float deviation = std::sqrt(variance / kEncoderWidth + kNormEpsilon);
    for (std::size_t i = 0; i < values.size(); ++i) {
      output.push_back((values[i] - mean) / deviation * norm_[i]);
    }
  }
  return output;
}

Result<DecoderUtterance> TokenDecoder::begin_utterance(const Embeddings& embeddings) const {
  const std::array<std::int64_t, 3> shape = {1, static_cast<std::int64_t>(embeddings.frame_count),
                                             kEncoderWidth};
  const OnnxValue output = OnnxValue::of_floats(shape, encoder_output(embeddings));
  const NamedValue input{"encoder_hidden_states", &output};
  ASSIGN_OR_RETURN(const std::vector<OnnxValue> joined, cross_.run_values({&input, 1}));
  std::vector<OnnxValue> cross;
  for (const OnnxValue& value : joined) cross.push_back(split_into_heads(value));
  return DecoderUtterance(*this, std::move(cross));
}

// All outputs of one run: the scores, then the keys and values with the new tokens'.
Result<std::vector<OnnxValue>> TokenDecoder::step(const OnnxValue& tokens,
                                                  std::span<const OnnxValue> cross,
                                                  std::span<const OnnxValue> past) const {
  static const std::vector<std::string> past_names = attention_names("past_key_values.", "decoder");
  static const std::vector<std::string> cross_names =
      attention_names("past_key_values.", "encoder");
  std::vector<NamedValue> inputs = {{"input_ids", &tokens}};
  for (std::size_t i = 0; i < past.size(); ++i) {
    inputs.push_back({past_names[i], &past[i]});
    inputs.push_back({cross_names[i], &cross[i]});
  }
  return step_.run_values(inputs);
}

DecoderUtterance::DecoderUtterance(const TokenDecoder& decoder, std::vector<OnnxValue> cross)
    : decoder_(&decoder), cross_(std::move(cross)), past_(empty_past(1)) {}

std::size_t DecoderUtterance::vocabulary_size() const { return kVocabulary; }

Result<std::span<const float>> DecoderUtterance::next(std::span<const BeamRow> rows) {
  std::vector<std::int64_t> tokens;
  std::vector<std::size_t> parents;
  for (const BeamRow& row : rows) {
    tokens.push_back(row.token);
    parents.push_back(row.parent);
  }
  const auto last_count = static_cast<std::size_t>(past_.front().shape().front());
  if (!in_place(rows, last_count)) {
    for (OnnxValue& value : past_) value = value.select_rows(parents);
  }
  ASSIGN_OR_RETURN(
      std::vector<OnnxValue> outputs,
      decoder_->step(tokens_value(static_cast<std::int64_t>(rows.size()), tokens), cross_, past_));
  const std::span<const float> scores = outputs.front().floats();
  if (scores.size() != rows.size() * kVocabulary) {
    return Status(Code::kInternal, "the decoder answered with another shape");
  }
  log_probs_.resize(scores.size());
  for (std::size_t row = 0; row < rows.size(); ++row) {
    scores_to_log_probs(scores.subspan(row * kVocabulary, kVocabulary),
                        log_probs_.data() + row * kVocabulary);
  }
  past_.assign(std::make_move_iterator(outputs.begin() + 1),
               std::make_move_iterator(outputs.end()));
  return std::span<const float>(log_probs_);
}

Result<std::vector<std::vector<float>>> DecoderUtterance::score_texts(
    std::span<const std::vector<TokenId>> texts) const {
  std::size_t longest = 0;
  for (const auto& text : texts) longest = std::max(longest, text.size());
  // Filling up behind a text changes nothing: no position sees those behind it.
  std::vector<std::int64_t> tokens;
  for (const auto& text : texts) {
    tokens.push_back(kStartToken);
    tokens.insert(tokens.end(), text.begin(), text.end());
    tokens.insert(tokens.end(), longest - text.size(), kEndToken);
  }
  const auto rows = static_cast<std::int64_t>(texts.size());
  const std::vector<OnnxValue> past = empty_past(rows);
  ASSIGN_OR_RETURN(const std::vector<OnnxValue> outputs,
                   decoder_->step(tokens_value(rows, tokens), cross_, past));
  const std::span<const float> scores = outputs.front().floats();
  std::vector<std::vector<float>> log_probs(texts.size());
  for (std::size_t row = 0; row < texts.size(); ++row) {
    for (std::size_t i = 0; i <= texts[row].size(); ++i) {
      const TokenId token = i < texts[row].size() ? texts[row][i] : kEndToken;
      const std::size_t position = row * (longest + 1) + i;
      log_probs[row].push_back(
          log_prob_of(scores.subspan(position * kVocabulary, kVocabulary), token));
    }
  }
  return log_probs;
}

}  // namespace saywell
