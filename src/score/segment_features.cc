#include "score/segment_features.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace saywell {
namespace {

constexpr float kProbabilityFloor = 1e-4F;

float log_probability(float probability) { return std::log(probability + kProbabilityFloor); }

}  // namespace

SegmentFeatures::SegmentFeatures(std::span<const Embeddings> chunks, const Posteriors& posteriors)
    : posteriors_(posteriors) {
  for (const Embeddings& chunk : chunks) {
    for (std::size_t i = 0; i < chunk.frame_count; ++i) embeddings_.push_back(chunk.frame(i));
  }
}

void SegmentFeatures::measure(FrameSpan frames, std::size_t peak_frame,
                              const SegmentFeatureValues& values) const {
  const auto count = static_cast<float>(frames.size());
  std::ranges::fill(values.mean_embedding, 0.0F);
  for (std::size_t frame = frames.begin; frame < frames.end; ++frame) {
    const auto embedding = embeddings_[frame];
    for (std::size_t i = 0; i < embedding.size(); ++i) values.mean_embedding[i] += embedding[i];
  }
  for (float& value : values.mean_embedding) value /= count;
  std::ranges::copy(embeddings_[peak_frame], values.peak_embedding.begin());

  std::array<float, kPosteriorColumns> highest{}, mean{};
  for (std::size_t frame = frames.begin; frame < frames.end; ++frame) {
    const auto ctc = posteriors_.ctc_at(frame), framewise = posteriors_.framewise_at(frame);
    for (std::size_t c = 0; c < highest.size(); ++c) {
      highest[c] = std::max(highest[c], std::exp(ctc[c]));
      mean[c] += std::exp(framewise[c]) / count;
    }
  }
  std::ranges::transform(highest, values.log_highest_ctc.begin(), log_probability);
  std::ranges::transform(mean, values.log_mean_framewise.begin(), log_probability);
}

}  // namespace saywell
