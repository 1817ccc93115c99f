#include "acoustic/pcm_to_embeddings.h"

#include <algorithm>

#include "base/status_macros.h"

namespace saywell {
namespace {

// The convolutions in front of the encoder need this much for one frame.
constexpr std::size_t kMinEncoderSamples = 895;

const std::vector<std::string>& tap_names() {
  static const std::vector<std::string> names = {
      "/layers.3/Add_1_output_0", "/layers.5/Add_1_output_0", "/layers.7/Add_1_output_0"};
  return names;
}

}  // namespace

std::span<const float> Embeddings::frame(std::size_t index) const {
  return std::span(values).subspan(index * kEmbeddingSize, kEmbeddingSize);
}

Result<Encoder> Encoder::load(const std::string& model_dir) {
  ASSIGN_OR_RETURN(OnnxSession session,
                   OnnxSession::load(model_dir + "/moonshine_base_encoder.onnx",
                                     {.replace_outputs = tap_names()}));
  return Encoder(std::move(session));
}

Result<Embeddings> Encoder::encode(std::span<const float> samples, const SpeechChunk& chunk) const {
  Embeddings embeddings;
  embeddings.first_frame = chunk.begin / kFrameSamples;
  const auto piece = samples.subspan(chunk.begin, chunk.end - chunk.begin);
  if (piece.size() < kMinEncoderSamples) return embeddings;
  std::vector<NamedTensor> inputs;
  inputs.push_back({"input_values", Tensor::of_floats({1, static_cast<std::int64_t>(piece.size())},
                                                      {piece.begin(), piece.end()})});
  ASSIGN_OR_RETURN(const std::vector<Tensor> layers, session_.run(std::move(inputs)));
  embeddings.frame_count = layers.front().floats.size() / kEncoderWidth;
  embeddings.values.resize(embeddings.frame_count * kEmbeddingSize);
  for (std::size_t frame = 0; frame < embeddings.frame_count; ++frame) {
    for (std::size_t tap = 0; tap < kTapCount; ++tap) {
      const float* from = layers[tap].floats.data() + frame * kEncoderWidth;
      std::copy_n(from, kEncoderWidth,
                  embeddings.values.data() + frame * kEmbeddingSize + tap * kEncoderWidth);
    }
  }
  return embeddings;
}

Result<std::vector<Embeddings>> Encoder::pcm_to_embeddings(
    std::span<const float> samples, std::span<const SpeechChunk> chunks) const {
  std::vector<Embeddings> all;
  for (const SpeechChunk& chunk : chunks) {
    ASSIGN_OR_RETURN(Embeddings embeddings, encode(samples, chunk));
    all.push_back(std::move(embeddings));
  }
  return all;
}

}  // namespace saywell
