// The quality of a recording: level, loudness, clipping, noise; and the refusals that follow.
//
// Levels are dBFS rms: 20 log10 of the root mean square, full scale 1, so a full-scale sine has
// -3.01. A constant offset is subtracted first. Everything here is thread-safe.
#pragma once

#include <optional>
#include <span>

#include "base/time_region.h"
#include "saywell/status.h"

namespace saywell {

inline constexpr double kSilenceDbfs = -120;  // of everything quieter, too
inline constexpr double kMaxSnrDb = 80;

struct QualityReport {
  bool has_speech = false;
  // No sample is further than a step and a half of 16 bit from the offset.
  bool digital_silence = true;
  double speech_level_dbfs = kSilenceDbfs;     // inside the speech regions
  double recording_level_dbfs = kSilenceDbfs;  // of everything
  double peak_dbfs = kSilenceDbfs;             // of the largest sample
  // Integrated loudness (EBU R 128); none when shorter than 0.4 s or silent.
  std::optional<double> lufs;
  double clipped_share = 0;  // 0–1, as measured while decoding
  double snr_db = 0;  // speech against the noise beneath it, -20 … kMaxSnrDb; 0 without speech
};

// Measures `samples` (16 kHz, full scale [-1, 1]). `speech` comes from the voice activity detector,
// in order and apart; parts of regions beyond the recording are ignored.
//
// The noise is a low percentile of the power of 20 ms frames over the whole recording, after the
// minimum statistics of Martin 2001 ("Noise power spectral density estimation based on optimal
// smoothing and minimum statistics"). The detector's pauses are not used: in babble it finds
// speech everywhere. A short recording may be one word without a pause, so the percentile is the
// 5th up to 1 s and rises to the 20th at 3 s. Frames of digital silence have no noise and do
// not count.
QualityReport measure_quality(std::span<const float> samples, std::span<const TimeRegion> speech,
                              double clipped_share);

// Defaults measured on 2,500 learners' recordings and on bad copies of them: docs/quality.md.
struct QualityThresholds {
  double min_level_dbfs = -54;      // of the speech; without speech, of the recording
  double max_level_dbfs = -9;       // of the speech
  double max_clipped_share = 0.01;  // 0–1
  double min_snr_db = 9;
};

// The single checks, in their order: ok, or the one code and the figures.
Status check_not_too_quiet(const QualityReport& report,
                           const QualityThresholds& thresholds);  // 20402
Status check_not_clipped(const QualityReport& report,
                         const QualityThresholds& thresholds);  // 20404
Status check_not_too_loud(const QualityReport& report,
                          const QualityThresholds& thresholds);                            // 20403
Status check_not_noisy(const QualityReport& report, const QualityThresholds& thresholds);  // 20401

// All of them; the first that applies. Between 20402 and 20404 also 20001 when there is no speech.
Status quality_status(const QualityReport& report, const QualityThresholds& thresholds);

}  // namespace saywell
