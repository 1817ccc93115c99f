// F0 candidates of one frame: the maxima of the frame's autocorrelation, divided by that of the
// window (Boersma, "Accurate short-term analysis of the fundamental frequency and the
// harmonics-to-noise ratio of a sampled sound", IFA Proceedings 17, 1993), each checked by
// comparing the period before the frame's centre with the period after it, as normalised
// cross-correlation does (Talkin, "A robust algorithm for pitch tracking", 1995). The first finds
// the F0 reliably; the second, being only two periods long, finds where voicing begins and ends.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "saywell/status.h"
#include "signal/autocorrelator.h"

namespace saywell {

struct F0Candidate {
  float f0_hz = 0;     // 0 = unvoiced
  float strength = 0;  // 0–1, how periodic the signal is at this F0
};

struct F0Frame {
  static constexpr std::size_t kMaxCandidates = 8;

  std::array<F0Candidate, kMaxCandidates> candidates;  // the strongest, in no particular order
  std::size_t count = 0;                               // number of candidates
  float level = 0;  // rms of the 8 ms around the centre, full scale 1
};

struct F0SearchRange {
  double floor_hz = 60;
  double ceiling_hz = 600;
  double window_s = 0.050;  // whole length of the Hann window
};

// One thread per object.
class F0FrameAnalyser {
 public:
  // Code 500 when no transform can be set up. REQUIRES: 0 < floor_hz < ceiling_hz <= 1,000 and a
  // window of two longest periods or more.
  static Result<F0FrameAnalyser> create(const F0SearchRange& range);

  // The frame centred on sample `centre`. Outside of `samples` the signal counts as zero, and
  // so does a sample that is no finite number. REQUIRES: 0 <= centre <= samples.size().
  F0Frame analyse(std::span<const float> samples, std::ptrdiff_t centre);

 private:
  F0FrameAnalyser(const F0SearchRange& range, Autocorrelator autocorrelator);
  void cut_context(std::span<const float> samples, std::ptrdiff_t centre);
  bool correlate_window();
  float level() const;
  float similarity_of_periods(double lag) const;
  void collect_candidates(F0Frame& frame) const;

  F0SearchRange range_;
  Autocorrelator autocorrelator_;
  std::vector<float> window_;
  std::vector<float> window_correlation_;  // of the window alone, 1 at lag 0
  std::vector<float> context_;             // samples around the centre, without their mean
  std::vector<float> windowed_;
  std::vector<float> correlation_;  // of the frame, by lag, corrected for the window; 1 at lag 0
};

}  // namespace saywell
