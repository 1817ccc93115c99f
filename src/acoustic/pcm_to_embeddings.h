// Turns speech into embeddings, with the frozen encoder of Moonshine base (MIT) up to the last
// layer that is read.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "acoustic/speech_chunks.h"
#include "onnx/onnx_session.h"
#include "saywell/status.h"

namespace saywell {

// Frames of one chunk, row-major: value [frame * kEmbeddingSize + i].
struct Embeddings {
  std::size_t first_frame = 0;  // on the recording's frame clock (kFrameSamples)
  std::size_t frame_count = 0;
  std::vector<float> values;

  std::span<const float> frame(std::size_t index) const;
};

// The outputs of several encoder layers, one behind the other.
inline constexpr int kEncoderWidth = 416;
inline constexpr int kTapCount = 3;
inline constexpr int kEmbeddingSize = kEncoderWidth * kTapCount;

// Thread-safe; loaded once.
class Encoder {
 public:
  // Code 40051 names the file when it is missing or not that model.
  static Result<Encoder> load(const std::string& model_dir);

  // Embeddings of every chunk, in order. Frame i of a chunk covers about 56 ms from sample
  // chunk.begin + i * kFrameSamples on, and by attention the whole chunk. A shorter chunk has no
  // frames. Code 500 when the runtime fails.
  Result<std::vector<Embeddings>> pcm_to_embeddings(std::span<const float> samples,
                                                    std::span<const SpeechChunk> chunks) const;

 private:
  explicit Encoder(OnnxSession session) : session_(std::move(session)) {}
  Result<Embeddings> encode(std::span<const float> samples, const SpeechChunk& chunk) const;

  OnnxSession session_;
};

}  // namespace saywell
