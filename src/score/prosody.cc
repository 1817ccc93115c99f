#include "score/prosody.h"

#include <algorithm>
#include <cmath>

#include "audio/media_to_pcm.h"

namespace saywell {
namespace {

constexpr double kLevelWindowS = 0.020;
constexpr float kMinLevelDb = -60;

float level_at(std::span<const float> samples, double centre_s) {
  const double last = static_cast<double>(samples.size());
  const auto begin = static_cast<std::size_t>(
      std::clamp((centre_s - kLevelWindowS / 2) * kSampleRateHz, 0.0, last));
  const auto end = static_cast<std::size_t>(
      std::clamp((centre_s + kLevelWindowS / 2) * kSampleRateHz, 0.0, last));
  if (end <= begin) return 0;
  double sum = 0;
  for (std::size_t i = begin; i < end; ++i) sum += static_cast<double>(samples[i]) * samples[i];
  return static_cast<float>(10 * std::log10(sum / static_cast<double>(end - begin) + 1e-12));
}

std::vector<float> voiced_semitones(const Prosody& prosody, std::size_t begin, std::size_t end) {
  std::vector<float> semitones;
  for (std::size_t i = begin; i < end; ++i) {
    const float f0_hz = prosody.f0.f0_hz[i];
    if (f0_hz > 0) semitones.push_back(12 * std::log2(f0_hz / prosody.median_f0_hz));
  }
  return semitones;
}

float mean(std::span<const float> values) {
  float sum = 0;
  for (const float value : values) sum += value;
  return values.empty() ? 0 : sum / static_cast<float>(values.size());
}

}  // namespace

Prosody measure_prosody(std::span<const float> samples, F0Contour f0, double speech_level_dbfs) {
  Prosody prosody;
  std::vector<float> voiced;
  for (std::size_t i = 0; i < f0.f0_hz.size(); ++i) {
    const float level = level_at(samples, f0.first_frame_s + static_cast<double>(i) * f0.step_s);
    prosody.level_db.push_back(
        std::max(kMinLevelDb, level - static_cast<float>(speech_level_dbfs)));
    if (f0.f0_hz[i] > 0) voiced.push_back(f0.f0_hz[i]);
  }
  if (!voiced.empty()) {
    const auto middle = voiced.begin() + static_cast<std::ptrdiff_t>(voiced.size() / 2);
    std::nth_element(voiced.begin(), middle, voiced.end());
    prosody.median_f0_hz = *middle;
  }
  prosody.f0 = std::move(f0);
  return prosody;
}

ProsodyOfStretch prosody_of(const Prosody& prosody, TimeRegion stretch) {
  const auto frame_at = [&](double time_s) {
    const double frame = std::ceil((time_s - prosody.f0.first_frame_s) / prosody.f0.step_s - 1e-6);
    return static_cast<std::size_t>(
        std::clamp(frame, 0.0, static_cast<double>(prosody.level_db.size())));
  };
  const std::size_t begin = frame_at(stretch.start_s), end = frame_at(stretch.end_s);
  ProsodyOfStretch result;
  if (end <= begin) return result;
  result.level_db = mean(std::span(prosody.level_db).subspan(begin, end - begin));
  const std::vector<float> semitones = voiced_semitones(prosody, begin, end);
  if (semitones.empty()) return result;
  const std::size_t third = std::max<std::size_t>(1, semitones.size() / 3);
  const std::span<const float> all(semitones);
  result.pitch_semitones = mean(all);
  result.pitch_slope = mean(all.last(third)) - mean(all.first(third));
  result.voiced_share = static_cast<float>(semitones.size()) / static_cast<float>(end - begin);
  return result;
}

}  // namespace saywell
