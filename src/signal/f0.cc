#include "signal/f0.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "audio/media_to_pcm.h"
#include "base/status_macros.h"
#include "signal/f0_frames.h"
#include "signal/f0_path.h"

namespace saywell {
namespace {

constexpr double kPeriodsPerWindow = 3;
constexpr double kSearchStep_s = 0.015;          // of the first pass
constexpr double kSearchVoicingThreshold = 0.6;  // only clear voicing describes the speaker
constexpr double kLoudShare = 0.1;  // a frame is loud at this share of the loudest stretch
constexpr std::size_t kMinVoiceFrames = 5;
// Of the loud frames, that are clearly voiced. Measured: below 0.2 are 6 of the 2,500 recordings of
// speechocean762, all of one speaker, and all of 53 recordings resynthesised as whispers (LPC,
// noise).
constexpr double kMinVoiceShare = 0.2;
constexpr double kDoubtfulVoicingThreshold = 0.7;  // where the first pass found no voice
constexpr double kMinWindow_s = 0.025;
constexpr double kSpeakerPriorCost = 0.03;

struct Passage {
  std::vector<F0Candidate> path;
  std::vector<float> levels;  // rms, one per frame
};

// What the first pass learns.
struct Voice {
  bool found = false;
  double low_hz = 0;  // quartiles of F0
  double middle_hz = 0;
  double high_hz = 0;
  double level = 0;  // rms of loud voiced frames
};

Status check_range(double value, double low, double high, const std::string& name) {
  if (value >= low && value <= high) return {};
  return Status(Code::kBadParameter, name,
                std::to_string(value) + " is not between " + std::to_string(low) + " and " +
                    std::to_string(high));
}

Status check(const F0Options& options) {
  for (const Status& status :
       {check_range(options.step_s, 0.001, 0.1, "step_s"),
        check_range(options.floor_hz, 40, 400, "floor_hz"),
        check_range(options.ceiling_hz, options.floor_hz + 1, 1000, "ceiling_hz"),
        check_range(options.voicing_threshold, 0, 1, "voicing_threshold"),
        check_range(options.silence_threshold, 1e-6, 1, "silence_threshold")}) {
    if (!status.ok()) return status;
  }
  return {};
}

// The rms of the loudest 20 ms; never 0, so that it can be divided by.
double loudest_level(std::span<const float> samples) {
  constexpr std::size_t kStretchSamples = kSampleRateHz / 50;
  double loudest = 1e-9;
  for (std::size_t at = 0; at < samples.size(); at += kStretchSamples) {
    const auto stretch = samples.subspan(at, std::min(kStretchSamples, samples.size() - at));
    double sum = 0, energy = 0;
    for (const float sample : stretch) {
      if (!std::isfinite(sample)) continue;
      sum += sample;
      energy += static_cast<double>(sample) * sample;
    }
    const auto count = static_cast<double>(stretch.size());
    loudest = std::max(loudest, energy / count - (sum / count) * (sum / count));
  }
  return std::sqrt(loudest);
}

Result<Passage> track(std::span<const float> samples, const F0SearchRange& range,
                      const F0PathCosts& costs, double step_s) {
  auto analyser = F0FrameAnalyser::create(range);
  if (!analyser.ok()) return analyser.status();
  F0PathFinder finder(costs, step_s);
  const double step_samples = step_s * kSampleRateHz;
  const auto frames =
      static_cast<std::size_t>(static_cast<double>(samples.size()) / step_samples + 0.5);
  Passage passage;
  passage.levels.reserve(frames);
  for (std::size_t i = 0; i < frames; ++i) {
    const double centre = (static_cast<double>(i) + 0.5) * step_samples;
    const F0Frame frame = analyser->analyse(samples, std::lround(centre));
    passage.levels.push_back(frame.level);
    finder.push(frame);
  }
  passage.path = finder.finish();
  return passage;
}

double take_quantile(std::vector<float>& values, double share) {
  const auto at = values.begin() + std::lround(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

Voice find_voice(const Passage& search, double loudest) {
  std::vector<float> f0_hz, levels;
  std::size_t loud_frames = 0;
  for (std::size_t i = 0; i < search.path.size(); ++i) {
    if (search.levels[i] >= kLoudShare * loudest) ++loud_frames;
    if (search.path[i].strength < kSearchVoicingThreshold) continue;
    f0_hz.push_back(search.path[i].f0_hz);
    levels.push_back(search.levels[i]);
  }
  Voice voice;
  voice.found =
      f0_hz.size() >= kMinVoiceFrames &&
      static_cast<double>(f0_hz.size()) >= kMinVoiceShare * static_cast<double>(loud_frames);
  if (!voice.found) return voice;
  voice.low_hz = take_quantile(f0_hz, 0.25);
  voice.middle_hz = take_quantile(f0_hz, 0.5);
  voice.high_hz = take_quantile(f0_hz, 0.75);
  voice.level = take_quantile(levels, 0.9);
  return voice;
}

// Candidates may be an octave outside of the speaker's quartiles (creak, emphasis), at a cost that
// grows with the distance; the window is made for what is within.
F0SearchRange range_of(const Voice& voice, const F0Options& options) {
  F0SearchRange range;
  range.floor_hz = std::max(options.floor_hz, 0.5 * voice.low_hz);
  range.ceiling_hz = std::min(options.ceiling_hz, 2 * voice.high_hz);
  const double usual_floor_hz = std::max(options.floor_hz, 0.75 * voice.low_hz);
  range.window_s = std::max(kMinWindow_s, kPeriodsPerWindow / usual_floor_hz);
  return range;
}

}  // namespace

Result<F0Contour> pcm_to_f0(std::span<const float> samples, const F0Options& options) {
  RETURN_IF_ERROR(check(options));
  F0SearchRange range{options.floor_hz, options.ceiling_hz, kPeriodsPerWindow / options.floor_hz};
  F0PathCosts costs;
  costs.silence_threshold = options.silence_threshold;
  costs.voicing_threshold = std::max(kSearchVoicingThreshold, options.voicing_threshold);
  costs.voiced_level = loudest_level(samples);
  const auto search = track(samples, range, costs, kSearchStep_s);
  if (!search.ok()) return search.status();

  const Voice voice = find_voice(*search, costs.voiced_level);
  costs.voicing_threshold = std::max(kDoubtfulVoicingThreshold, options.voicing_threshold);
  if (voice.found) {
    range = range_of(voice, options);
    costs.voicing_threshold = options.voicing_threshold;
    costs.voiced_level = voice.level;
    costs.prior_hz = voice.middle_hz;
    costs.prior_cost = kSpeakerPriorCost;
  }
  const auto final = track(samples, range, costs, options.step_s);
  if (!final.ok()) return final.status();

  F0Contour contour{options.step_s, options.step_s / 2, {}, {}};
  for (const F0Candidate& candidate : final->path) {
    contour.f0_hz.push_back(candidate.f0_hz);
    contour.strength.push_back(candidate.strength);
  }
  return contour;
}

std::vector<TimeRegion> voiced_segments(const F0Contour& contour, double min_segment_s) {
  std::vector<TimeRegion> segments;
  const std::size_t frames = contour.f0_hz.size();
  const double start_s = contour.first_frame_s - contour.step_s / 2;
  for (std::size_t first = 0; first < frames; ++first) {
    std::size_t last = first;
    while (last < frames && contour.f0_hz[last] > 0) ++last;
    const auto length_s = static_cast<double>(last - first) * contour.step_s;
    if (last > first && length_s >= min_segment_s - 1e-9) {
      const double begin_s = start_s + static_cast<double>(first) * contour.step_s;
      segments.push_back({begin_s, begin_s + length_s});
    }
    first = last;
  }
  return segments;
}

}  // namespace saywell
