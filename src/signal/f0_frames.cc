#include "signal/f0_frames.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <utility>

#include "audio/media_to_pcm.h"

namespace saywell {
namespace {

constexpr float kMinCorrelation = 0.2F;   // lower maxima never win over "unvoiced"
constexpr float kSimilarityShare = 0.5F;  // of the period-to-period check in a candidate's strength
constexpr std::ptrdiff_t kMinSimilaritySamples =
    80;  // 5 ms: shorter pieces of noise often look alike
constexpr std::ptrdiff_t kLevelHalfSamples = 64;
constexpr float kSilentEnergy = 1e-12F;  // of a windowed frame; far below one 16-bit step

std::vector<float> hann_window(std::size_t samples) {
  std::vector<float> window(samples);
  for (std::size_t i = 0; i < samples; ++i) {
    const double turn = (static_cast<double>(i) + 0.5) / static_cast<double>(samples);
    window[i] = static_cast<float>(0.5 - 0.5 * std::cos(2 * std::numbers::pi * turn));
  }
  return window;
}

void keep_strongest(F0Frame& frame, const F0Candidate& candidate) {
  if (frame.count < F0Frame::kMaxCandidates) {
    frame.candidates[frame.count++] = candidate;
    return;
  }
  const auto weakest = std::min_element(
      frame.candidates.begin(), frame.candidates.end(),
      [](const F0Candidate& a, const F0Candidate& b) { return a.strength < b.strength; });
  if (weakest->strength < candidate.strength) *weakest = candidate;
}

}  // namespace

F0FrameAnalyser::F0FrameAnalyser(const F0SearchRange& range, Autocorrelator autocorrelator)
    : range_(range), autocorrelator_(std::move(autocorrelator)) {}

Result<F0FrameAnalyser> F0FrameAnalyser::create(const F0SearchRange& range) {
  const auto half_window =
      static_cast<std::size_t>(std::lround(range.window_s * kSampleRateHz / 2));
  const auto lags = static_cast<std::size_t>(std::ceil(kSampleRateHz / range.floor_hz)) + 1;
  auto autocorrelator = Autocorrelator::create(2 * half_window, lags);
  if (!autocorrelator.ok()) return autocorrelator.status();

  F0FrameAnalyser analyser(range, std::move(*autocorrelator));
  analyser.window_ = hann_window(2 * half_window);
  analyser.windowed_.resize(2 * half_window);
  analyser.context_.resize(2 * std::max(half_window, lags + kMinSimilaritySamples));
  const auto correlation = analyser.autocorrelator_.of(analyser.window_);
  for (const float value : correlation) {
    analyser.window_correlation_.push_back(value / correlation[0]);
  }
  analyser.correlation_.resize(correlation.size());
  return analyser;
}

F0Frame F0FrameAnalyser::analyse(std::span<const float> samples, std::ptrdiff_t centre) {
  F0Frame frame;
  cut_context(samples, centre);
  frame.level = level();
  if (correlate_window()) collect_candidates(frame);
  return frame;
}

void F0FrameAnalyser::cut_context(std::span<const float> samples, std::ptrdiff_t centre) {
  const std::ptrdiff_t first = centre - std::ssize(context_) / 2;
  const auto clamp = [&](std::ptrdiff_t at) {
    return std::clamp<std::ptrdiff_t>(at, 0, std::ssize(samples));
  };
  const std::ptrdiff_t from = clamp(first), to = clamp(first + std::ssize(context_));
  std::fill(context_.begin(), context_.end(), 0.0F);
  std::transform(samples.begin() + from, samples.begin() + to, context_.begin() + (from - first),
                 [](float sample) { return std::isfinite(sample) ? sample : 0.0F; });
  const float mean =
      std::accumulate(context_.begin(), context_.end(), 0.0F) / static_cast<float>(context_.size());
  for (float& sample : context_) sample -= mean;
}

float F0FrameAnalyser::level() const {
  const auto centre = context_.begin() + std::ssize(context_) / 2;
  const auto first = centre - kLevelHalfSamples, last = centre + kLevelHalfSamples;
  const float energy = std::inner_product(first, last, first, 0.0F);
  return std::sqrt(energy / static_cast<float>(2 * kLevelHalfSamples));
}

// False when the frame is silent.
bool F0FrameAnalyser::correlate_window() {
  const auto first = context_.begin() + std::ssize(context_) / 2 - std::ssize(window_) / 2;
  std::transform(window_.begin(), window_.end(), first, windowed_.begin(), std::multiplies<>());
  const float energy =
      std::inner_product(windowed_.begin(), windowed_.end(), windowed_.begin(), 0.0F);
  if (!(energy > kSilentEnergy)) return false;
  const std::span<const float> raw = autocorrelator_.of_flattened(windowed_);
  for (std::size_t lag = 0; lag < raw.size(); ++lag) {
    correlation_[lag] = raw[lag] / (raw[0] * window_correlation_[lag]);
  }
  return true;
}

// How alike the two stretches of one lag on either side of the centre are, 0–1; the best of the
// neighbouring whole lags. The arithmetic mean of the energies (not the geometric) makes a loud
// and a quiet stretch unlike, so that the ringing after the last closure is not taken for voicing.
float F0FrameAnalyser::similarity_of_periods(double lag) const {
  const std::ptrdiff_t nearest = std::lround(lag);
  float best = 0;
  for (std::ptrdiff_t shift = nearest - 1; shift <= nearest + 1; ++shift) {
    const std::ptrdiff_t length = std::max(shift, kMinSimilaritySamples);
    const float* before = context_.data() + std::ssize(context_) / 2 - (shift + length) / 2;
    const float* after = before + shift;
    float common = 0, energy = 0;
    for (std::ptrdiff_t i = 0; i < length; ++i) {
      common += before[i] * after[i];
      energy += before[i] * before[i] + after[i] * after[i];
    }
    if (energy > 0) best = std::max(best, 2 * common / energy);
  }
  return best;
}

void F0FrameAnalyser::collect_candidates(F0Frame& frame) const {
  const auto first = static_cast<std::size_t>(kSampleRateHz / range_.ceiling_hz);
  for (std::size_t lag = first; lag + 1 < correlation_.size(); ++lag) {
    const float before = correlation_[lag - 1], here = correlation_[lag],
                after = correlation_[lag + 1];
    if (!(here >= kMinCorrelation && here > before && here >= after)) continue;
    // The top of the parabola through the three points.
    const float offset = 0.5F * (after - before) / (2 * here - before - after);
    float peak = here + 0.25F * (after - before) * offset;
    if (peak > 1)
      peak = 1 / peak;  // an artefact of dividing by the window, the more the further above 1
    const double exact_lag = static_cast<double>(lag) + static_cast<double>(offset);
    const double f0_hz = kSampleRateHz / exact_lag;
    if (f0_hz < range_.floor_hz || f0_hz > range_.ceiling_hz) continue;
    const float strength =
        kSimilarityShare * similarity_of_periods(exact_lag) + (1 - kSimilarityShare) * peak;
    keep_strongest(frame, {static_cast<float>(f0_hz), strength});
  }
}

}  // namespace saywell
