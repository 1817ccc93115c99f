#include "audio/clip_meter.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace saywell {
namespace {

constexpr std::uint32_t kMinRunSamples = 3;
// Finds 1.5 % or more of 5 % clipped samples under noise of -50 dB that came after the clipping.
constexpr float kRelativeTolerance = 0.01F;
// A parabola's next sample falls by at most 2.8 tolerances, and rounding adds half a step at both
// ends.
constexpr float kMinEdgeTolerances = 3.8F;
constexpr float kPeakBand = 0.02F;
// With fewer steps every wave consists of plateaus.
constexpr float kMinLevelSteps = 8;

// Levels 2^-20 … 2^17 in steps of 2^(1/128), about 0.5 %.
constexpr int kBinsPerOctave = 128;
constexpr int kLowestOctave = -20;
constexpr int kBins = (17 - kLowestOctave) * kBinsPerOctave;

std::size_t bin_of(float level) {
  const float octave = std::log2(std::max(level, 1e-9F)) - kLowestOctave;
  return static_cast<std::size_t>(std::clamp(octave * kBinsPerOctave, 0.0F, kBins - 1.0F));
}

}  // namespace

ClipMeter::ClipMeter(SampleStep step) : step_(step) {
  for (Side& side : sides_) side.plateau_samples.resize(kBins);
}

float ClipMeter::tolerance(float level) const {
  const double step = std::max(step_.absolute, step_.relative * level);
  return std::max(kRelativeTolerance * level, static_cast<float>(step * 1.01));
}

void ClipMeter::push(std::span<const float> samples) {
  for (const float sample : samples) extend_or_restart(sample);
  sample_count_ += samples.size();
}

void ClipMeter::extend_or_restart(float sample) {
  const float magnitude = std::abs(sample);
  Side& side = sides_[sample >= 0 ? 1 : 0];
  side.peak = std::max(side.peak, magnitude);
  const float low = std::min(run_low_, magnitude);
  const float high = std::max(run_high_, magnitude);
  if (run_length_ > 0 && (sample >= 0) == run_positive_ && high - low <= tolerance(high)) {
    run_low_ = low;
    run_high_ = high;
    ++run_length_;
  } else {
    close_run(sample);
    before_run_ = last_;
    run_low_ = run_high_ = magnitude;
    run_positive_ = sample >= 0;
    run_length_ = 1;
  }
  last_ = sample;
}

// `next` is the first sample behind the run.
void ClipMeter::close_run(float next) {
  if (run_length_ < kMinRunSamples || run_high_ < kMinLevelSteps * step_.absolute) return;
  const float sign = run_positive_ ? 1.0F : -1.0F;
  const float rise = run_high_ - sign * before_run_;
  const float fall = run_high_ - sign * next;
  const float edge = tolerance(run_high_) * kMinEdgeTolerances;
  if (rise <= 0 || fall <= 0 || rise + fall < 2 * edge) return;
  sides_[run_positive_ ? 1 : 0].plateau_samples[bin_of(run_high_)] += run_length_;
}

double ClipMeter::clipped_share() const {
  if (sample_count_ == 0) return 0;
  std::uint64_t clipped = 0;
  for (const Side& side : sides_) {
    const std::size_t top = bin_of(side.peak);
    for (std::size_t bin = bin_of(side.peak * (1 - kPeakBand)); bin <= top; ++bin) {
      clipped += side.plateau_samples[bin];
    }
  }
  return static_cast<double>(clipped) / static_cast<double>(sample_count_);
}

}  // namespace saywell
