#include "score/row_sounds.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace saywell {
namespace {

constexpr float kProbabilityFloor = 1e-4F;

float log_probability(float probability) { return std::log(probability + kProbabilityFloor); }

}  // namespace

RowSounds::RowSounds(std::span<const Embeddings> chunks, const Posteriors& posteriors)
    : posteriors_(posteriors) {
  for (const Embeddings& chunk : chunks) {
    for (std::size_t i = 0; i < chunk.frame_count; ++i) embeddings_.push_back(chunk.frame(i));
  }
}

void RowSounds::add(RowSpan rows, std::size_t peak_row, std::vector<float>& out) const {
  add_embeddings(rows, peak_row, out);
  add_posteriors(rows, out);
}

void RowSounds::add_embeddings(RowSpan rows, std::size_t peak_row, std::vector<float>& out) const {
  std::array<float, kEmbeddingSize> mean{};
  for (std::size_t row = rows.begin; row < rows.end; ++row) {
    const auto embedding = embeddings_[row];
    for (std::size_t i = 0; i < mean.size(); ++i) mean[i] += embedding[i];
  }
  for (float& value : mean) value /= static_cast<float>(rows.size());
  out.insert(out.end(), mean.begin(), mean.end());
  const auto peak = embeddings_[peak_row];
  out.insert(out.end(), peak.begin(), peak.end());
}

void RowSounds::add_posteriors(RowSpan rows, std::vector<float>& out) const {
  std::array<float, kPosteriorColumns> highest{}, mean{};
  for (std::size_t row = rows.begin; row < rows.end; ++row) {
    const auto ctc = posteriors_.ctc_row(row), frame = posteriors_.frame_row(row);
    for (std::size_t c = 0; c < highest.size(); ++c) {
      highest[c] = std::max(highest[c], std::exp(ctc[c]));
      mean[c] += std::exp(frame[c]) / static_cast<float>(rows.size());
    }
  }
  for (const float value : highest) out.push_back(log_probability(value));
  for (const float value : mean) out.push_back(log_probability(value));
}

}  // namespace saywell
