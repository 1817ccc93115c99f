// Level and pitch over time, and inside a stretch of a reading.
#pragma once

#include <span>
#include <vector>

#include "base/time_region.h"
#include "signal/f0.h"

namespace saywell {

// Curves on the F0 contour's clock.
struct Prosody {
  F0Contour f0;
  std::vector<float> level_db;  // 20 ms rms, against the recording's speech level
  float median_f0_hz = 0;       // of the voiced frames; 0: none
};

struct ProsodyOfStretch {
  float level_db = 0;
  float pitch_semitones = 0;  // mean over the voiced frames, against the speaker's median
  float pitch_slope = 0;      // semitones from its first to its last third
  float voiced_share = 0;     // 0–1
};

Prosody measure_prosody(std::span<const float> samples, F0Contour f0, double speech_level_dbfs);

ProsodyOfStretch prosody_of(const Prosody& prosody, TimeRegion stretch);

}  // namespace saywell
