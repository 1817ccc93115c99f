// Features of a stretch of frames: how it sounds to the encoder and to the phone head.
#pragma once

#include <span>
#include <vector>

#include "acoustic/embeddings_to_posteriors.h"
#include "acoustic/pcm_to_embeddings.h"

namespace saywell {

// Destinations of the features of one stretch, each of its size in the schema.
struct SegmentFeatureValues {
  std::span<float> mean_embedding;
  std::span<float> peak_embedding;
  std::span<float> log_highest_ctc;
  std::span<float> log_mean_framewise;
};

class SegmentFeatures {
 public:
  // Both must outlive it; frames are counted through all chunks.
  SegmentFeatures(std::span<const Embeddings> chunks, const Posteriors& posteriors);

  // Fills in the mean embedding of `frames`, the embedding at `peak_frame`, the logarithms of the
  // highest CTC posteriors and of the mean framewise posteriors. REQUIRES: at least one frame.
  void measure(FrameSpan frames, std::size_t peak_frame, const SegmentFeatureValues& values) const;

  // The same into the row of a table that has these features.
  template <typename Row>
  void measure(FrameSpan frames, std::size_t peak_frame, Row& row) const {
    measure(frames, peak_frame,
            SegmentFeatureValues{row.values("mean_embedding"), row.values("peak_embedding"),
                                 row.values("log_highest_ctc"), row.values("log_mean_framewise")});
  }

 private:
  const Posteriors& posteriors_;
  std::vector<std::span<const float>> embeddings_;  // one per frame
};

}  // namespace saywell
