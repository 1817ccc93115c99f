// Fundamental frequency of speech, by autocorrelation candidates and a dynamic-programming path.
//
// Two passes: the first searches the whole range and finds the speaker's range (middle and spread
// of the F0 of clearly voiced frames, and their level); the second searches that range with a
// window of matching length (De Looze & Hirst, "Detecting changes in key and range for the
// automatic modelling and coding of intonation", Speech Prosody 2008). The candidates are described
// in f0_frames.h, the path in f0_path.h.
#pragma once

#include <span>
#include <vector>

#include "base/time_region.h"
#include "saywell/status.h"

namespace saywell {

struct F0Options {
  double step_s = 0.010;    // 0.001–0.1, from frame to frame
  double floor_hz = 60;     // 40–400
  double ceiling_hz = 600;  // above floor_hz, at most 1,000
  // Periodicity (0–1) a frame must exceed to be voiced. Raising it loses voiced frames at the
  // edges; lowering it lets breath and noise in.
  double voicing_threshold = 0.43;
  // Share of the voice's level (rms) below which a frame counts as silent, however periodic.
  double silence_threshold = 0.02;  // -34 dB
};

struct F0Contour {
  double step_s = 0;
  double first_frame_s = 0;  // centre of the first frame; frame i is at first_frame_s + i * step_s
  std::vector<float> f0_hz;  // one per frame, 0 = unvoiced
  std::vector<float> strength;  // one per frame, 0–1, periodicity at f0_hz; 0 = unvoiced
};

// Tracks 16 kHz mono samples. Frames tile the recording: frame i covers [i, i + 1) * step_s, and
// there are as many as have their centre inside. Silence, noise and audio shorter than a window are
// no errors: the contour is then unvoiced (or, below half a step, empty). A steady tone or hum with
// a fundamental in the range is tracked although it is no voice (a 60 or 100 Hz hum is, a 50 Hz hum
// is not): the VAD decides whether there is speech. The cost grows linearly with the length; memory
// beyond the contour does not grow.
//
// Errors: 40031 names the option out of its range · 500 when no transform can be set up.
// Thread-safe.
Result<F0Contour> pcm_to_f0(std::span<const float> samples, const F0Options& options = {});

// A run of voiced frames counts as a voiced segment from this length on: three periods of a low
// voice, and shorter than any stressed vowel. Noise and breath cause shorter runs.
inline constexpr double kMinVoicedSegment_s = 0.040;

// The voiced segments of a contour, in order. A recording without F0 (code 20101) has no voiced
// frame at all; one without a voiced segment (code 20102) has voiced frames, but this list is
// empty. Thread-safe.
std::vector<TimeRegion> voiced_segments(const F0Contour& contour,
                                        double min_segment_s = kMinVoicedSegment_s);

}  // namespace saywell
