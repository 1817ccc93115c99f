#include "signal/quality.h"

#include <ebur128.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "audio/media_to_pcm.h"
#include "base/status_macros.h"

namespace saywell {
namespace {

constexpr double kStep16Bit = 1.0 / 32768;
constexpr std::size_t kFrameSamples = kSampleRateHz / 50;  // 20 ms
constexpr std::size_t kHopSamples = kFrameSamples / 2;     // also the middle of a frame
constexpr std::size_t kMinPauseFrames = 20;                // 0.2 s
constexpr double kPauseMarginS = 0.1;
constexpr std::size_t kLoudnessBlockSamples = kSampleRateHz * 4 / 10;

struct LoudnessDeleter {
  void operator()(ebur128_state* state) const { ebur128_destroy(&state); }
};

double to_dbfs(double power) { return std::max(10 * std::log10(power + 1e-30), kSilenceDbfs); }

double mean_of(std::span<const float> samples) {
  double sum = 0;
  for (const float sample : samples) sum += sample;
  return samples.empty() ? 0 : sum / static_cast<double>(samples.size());
}

double sum_of_squares(std::span<const float> samples, double offset) {
  double sum = 0;
  for (const float sample : samples) sum += (sample - offset) * (sample - offset);
  return sum;
}

double power_of(std::span<const float> samples, double offset) {
  return samples.empty() ? 0
                         : sum_of_squares(samples, offset) / static_cast<double>(samples.size());
}

// Mean power inside the regions; 0 when they contain no sample.
double speech_power(std::span<const float> samples, std::span<const TimeRegion> speech,
                    double offset) {
  const auto index_of = [&](double time_s) {
    const double index =
        std::clamp(std::round(time_s * kSampleRateHz), 0.0, static_cast<double>(samples.size()));
    return static_cast<std::size_t>(index);
  };
  double sum = 0;
  std::size_t count = 0;
  for (const TimeRegion& region : speech) {
    const std::size_t begin = index_of(region.start_s);
    const std::size_t end = std::max(begin, index_of(region.end_s));
    sum += sum_of_squares(samples.subspan(begin, end - begin), offset);
    count += end - begin;
  }
  return count == 0 ? 0 : sum / static_cast<double>(count);
}

struct FramePowers {
  std::vector<double> all;
  std::vector<double> pauses;  // those of `all` clear of speech
};

FramePowers frame_powers(std::span<const float> samples, std::span<const TimeRegion> speech) {
  FramePowers powers;
  std::size_t next = 0;  // the first region that does not end before the frame
  for (std::size_t begin = 0; begin + kFrameSamples <= samples.size(); begin += kHopSamples) {
    const std::span<const float> frame = samples.subspan(begin, kFrameSamples);
    // Subtracts each frame's own offset: that of the recording would fill digital silence.
    const double power = power_of(frame, mean_of(frame));
    if (power <= kStep16Bit * kStep16Bit) continue;
    powers.all.push_back(power);
    const double centre_s = static_cast<double>(begin + kHopSamples) / kSampleRateHz;
    while (next < speech.size() && speech[next].end_s + kPauseMarginS <= centre_s) ++next;
    const bool pause = next == speech.size() || centre_s < speech[next].start_s - kPauseMarginS;
    if (pause) powers.pauses.push_back(power);
  }
  return powers;
}

// REQUIRES: `powers` is not empty.
double percentile(std::vector<double>& powers, double share) {
  const auto rank = static_cast<std::ptrdiff_t>(share * static_cast<double>(powers.size()));
  std::nth_element(powers.begin(), powers.begin() + rank, powers.end());
  return powers[static_cast<std::size_t>(rank)];
}

double noise_power(std::span<const float> samples, std::span<const TimeRegion> speech) {
  FramePowers powers = frame_powers(samples, speech);
  if (powers.all.empty()) return 0;
  const double duration_s = static_cast<double>(samples.size()) / kSampleRateHz;
  const double share = std::clamp(std::lerp(0.05, 0.20, (duration_s - 1) / 2), 0.05, 0.20);
  const double floor = percentile(powers.all, share);
  if (powers.pauses.size() < kMinPauseFrames) return floor;
  const double in_pauses = percentile(powers.pauses, 0.5);
  return in_pauses < floor ? std::sqrt(floor * in_pauses) : floor;
}

double snr_of(double speech_and_noise, double noise) {
  if (noise <= 0) return kMaxSnrDb;
  const double speech = std::max(speech_and_noise - noise, 0.01 * noise);
  return std::clamp(10 * std::log10(speech / noise), -20.0, kMaxSnrDb);
}

std::optional<double> loudness_lufs(std::span<const float> samples) {
  if (samples.size() < kLoudnessBlockSamples) return std::nullopt;
  const std::unique_ptr<ebur128_state, LoudnessDeleter> state(
      ebur128_init(1, kSampleRateHz, EBUR128_MODE_I));
  double loudness = 0;
  if (!state ||
      ebur128_add_frames_float(state.get(), samples.data(), samples.size()) != EBUR128_SUCCESS ||
      ebur128_loudness_global(state.get(), &loudness) != EBUR128_SUCCESS ||
      !std::isfinite(loudness)) {
    return std::nullopt;
  }
  return loudness;
}

// "speech level -61.3 dBFS, at least -54.0 is needed"
std::string compare(const char* what, double value, const char* unit, const char* bound,
                    double limit) {
  std::array<char, 160> text;
  std::snprintf(text.data(), text.size(), "%s %.1f %s, %s %.1f is needed", what, value, unit, bound,
                limit);
  return text.data();
}

}  // namespace

QualityReport measure_quality(std::span<const float> samples, std::span<const TimeRegion> speech,
                              double clipped_share) {
  QualityReport report;
  report.clipped_share = clipped_share;
  const double offset = mean_of(samples);
  double peak = 0;
  for (const float sample : samples) peak = std::max(peak, std::abs(sample - offset));
  report.digital_silence = peak <= 1.5 * kStep16Bit;
  report.peak_dbfs = to_dbfs(peak * peak);
  report.recording_level_dbfs = to_dbfs(power_of(samples, offset));
  report.lufs = loudness_lufs(samples);
  const double speech_and_noise = speech_power(samples, speech, offset);
  report.has_speech = speech_and_noise > 0;
  if (report.has_speech) {
    report.speech_level_dbfs = to_dbfs(speech_and_noise);
    report.snr_db = snr_of(speech_and_noise, noise_power(samples, speech));
  }
  return report;
}

Status check_not_too_quiet(const QualityReport& report, const QualityThresholds& thresholds) {
  const double level_dbfs =
      report.has_speech ? report.speech_level_dbfs : report.recording_level_dbfs;
  if (report.digital_silence || level_dbfs >= thresholds.min_level_dbfs) return Status();
  return Status(Code::kTooQuiet,
                compare(report.has_speech ? "speech level" : "recording level", level_dbfs, "dBFS",
                        "at least", thresholds.min_level_dbfs));
}

Status check_not_clipped(const QualityReport& report, const QualityThresholds& thresholds) {
  if (report.clipped_share <= thresholds.max_clipped_share) return Status();
  return Status(Code::kClipped, compare("clipped samples", 100 * report.clipped_share, "%",
                                        "at most", 100 * thresholds.max_clipped_share));
}

Status check_not_too_loud(const QualityReport& report, const QualityThresholds& thresholds) {
  if (!report.has_speech || report.speech_level_dbfs <= thresholds.max_level_dbfs) return Status();
  return Status(Code::kTooLoud, compare("speech level", report.speech_level_dbfs, "dBFS", "at most",
                                        thresholds.max_level_dbfs));
}

Status check_not_noisy(const QualityReport& report, const QualityThresholds& thresholds) {
  if (!report.has_speech || report.snr_db >= thresholds.min_snr_db) return Status();
  return Status(Code::kLowSnr,
                compare("signal to noise", report.snr_db, "dB", "at least", thresholds.min_snr_db));
}

Status quality_status(const QualityReport& report, const QualityThresholds& thresholds) {
  RETURN_IF_ERROR(check_not_too_quiet(report, thresholds));
  if (!report.has_speech) return Status(Code::kNoSpeech, "no speech in the recording");
  RETURN_IF_ERROR(check_not_clipped(report, thresholds));
  RETURN_IF_ERROR(check_not_too_loud(report, thresholds));
  return check_not_noisy(report, thresholds);
}

}  // namespace saywell
