// Cutting a recording at its pauses into pieces that the encoder takes.
//
// The encoder's cost grows with the square of a piece's length. It scales its int8 activations per
// call, so that the place of the cuts is part of the features: training and run time use this one
// function.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "base/time_region.h"

namespace saywell {

// The common clock of embeddings and posteriors: one frame every 384 samples (24 ms, 41.7 per
// second).
inline constexpr std::size_t kFrameSamples = 384;
inline constexpr double kFrameS = 0.024;

struct ChunkOptions {
  // A longer stretch is cut at its longest pause, if need be inside speech.
  double max_chunk_s = 12.0;
  // Kept before and after speech, so that weak first and last phones are heard.
  double margin_s = 0.24;
  // A longer pause is not sent through the encoder at all.
  double min_pause_s = 0.96;
};

// Samples [begin, end); `begin` is a multiple of kFrameSamples.
struct SpeechChunk {
  std::size_t begin;
  std::size_t end;
};

// Chunks in order, apart from each other, that cover every speech region. Empty when there is no
// region.
std::vector<SpeechChunk> regions_to_chunks(std::span<const TimeRegion> regions,
                                           std::size_t sample_count,
                                           const ChunkOptions& options = {});

}  // namespace saywell
