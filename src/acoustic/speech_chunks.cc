#include "acoustic/speech_chunks.h"

#include <algorithm>
#include <cmath>

namespace saywell {
namespace {

// Divides speech regions longer than `max_s` evenly.
std::vector<TimeRegion> divide_long_regions(std::span<const TimeRegion> regions, double max_s) {
  std::vector<TimeRegion> divided;
  for (const TimeRegion& region : regions) {
    const int parts = std::max(1, static_cast<int>(std::ceil(region.duration_s() / max_s)));
    const double part_s = region.duration_s() / parts;
    for (int i = 0; i < parts; ++i) {
      divided.push_back({region.start_s + i * part_s, region.start_s + (i + 1) * part_s});
    }
  }
  return divided;
}

double stretch_s(std::span<const TimeRegion> regions) {
  return regions.back().end_s - regions.front().start_s;
}

// Halves `regions` at their longest pause, preferring cuts away from the ends, until every group
// fits.
void group_regions(std::span<const TimeRegion> regions, double max_s,
                   std::vector<std::span<const TimeRegion>>& groups) {
  if (regions.size() == 1 || stretch_s(regions) <= max_s) {
    groups.push_back(regions);
    return;
  }
  std::size_t best = 1;
  double best_worth = -1;
  for (std::size_t i = 1; i < regions.size(); ++i) {
    const double pause_s = regions[i].start_s - regions[i - 1].end_s;
    const double from_end_s = std::min(regions[i - 1].end_s - regions.front().start_s,
                                       regions.back().end_s - regions[i].start_s);
    const double worth = (pause_s + 0.02) * std::min(1.0, from_end_s / (max_s / 2) + 0.1);
    if (worth > best_worth) {
      best_worth = worth;
      best = i;
    }
  }
  group_regions(regions.first(best), max_s, groups);
  group_regions(regions.subspan(best), max_s, groups);
}

// Groups of speech regions, separated by pauses of at least `min_pause_s`.
std::vector<std::span<const TimeRegion>> split_at_long_pauses(std::span<const TimeRegion> regions,
                                                              double min_pause_s) {
  std::vector<std::span<const TimeRegion>> stretches;
  std::size_t first = 0;
  for (std::size_t i = 1; i <= regions.size(); ++i) {
    if (i < regions.size() && regions[i].start_s - regions[i - 1].end_s < min_pause_s) continue;
    stretches.push_back(regions.subspan(first, i - first));
    first = i;
  }
  return stretches;
}

std::size_t to_frame_start(double time_s) {
  return static_cast<std::size_t>(std::lround(std::max(0.0, time_s) / kFrameS)) * kFrameSamples;
}

}  // namespace

std::vector<SpeechChunk> regions_to_chunks(std::span<const TimeRegion> regions,
                                           std::size_t sample_count, const ChunkOptions& options) {
  const double max_s = options.max_chunk_s - 2 * options.margin_s;
  const std::vector<TimeRegion> divided = divide_long_regions(regions, max_s);
  std::vector<std::span<const TimeRegion>> groups;
  for (const auto& stretch : split_at_long_pauses(divided, options.min_pause_s)) {
    group_regions(stretch, max_s, groups);
  }
  std::vector<SpeechChunk> chunks;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    // Neighbours share a short pause in its middle instead of overlapping.
    const double start_s = groups[i].front().start_s, end_s = groups[i].back().end_s;
    const double before_s = i == 0 ? start_s : (start_s - groups[i - 1].back().end_s) / 2;
    const double after_s =
        i + 1 == groups.size() ? options.margin_s : (groups[i + 1].front().start_s - end_s) / 2;
    const std::size_t begin = to_frame_start(start_s - std::min(before_s, options.margin_s));
    const std::size_t end = to_frame_start(end_s + std::min(after_s, options.margin_s));
    chunks.push_back({std::min(begin, sample_count), std::min(end, sample_count)});
  }
  std::erase_if(chunks, [](const SpeechChunk& chunk) { return chunk.end <= chunk.begin; });
  return chunks;
}

}  // namespace saywell
