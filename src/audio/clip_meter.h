// Measures how much of a recording is hard-clipped, on the samples as they were delivered.
//
// Clipping leaves plateaus at the extreme: the wave runs into a level, stays there for some samples
// and leaves as steeply as it came. The level need not be full scale: an overdriven microphone that
// was turned down afterwards clips just as much. The edge distinguishes a plateau from the rounded
// top of an ordinary wave. In a parabola sampled so finely that three or more samples are equal
// within a tolerance, the next sample is at most 2.8 tolerances lower (L = 3; less for longer
// runs).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace saywell {

// The distance between neighbouring values of a source.
struct SampleStep {
  double absolute = 1.0 / 32768;  // linear formats: of full scale 1
  double relative = 0;            // companded formats (G.711): of the sample's own level
};

// One channel, fed block by block; the blocks' borders do not matter. One thread at a time.
class ClipMeter {
 public:
  explicit ClipMeter(SampleStep step);

  void push(std::span<const float> samples);

  // Share (0–1) of the samples so far on plateaus within 2 % of the recording's own positive or
  // negative peak. 0 without samples. Lossy codecs ripple the plateaus, so that it finds less, or
  // nothing.
  double clipped_share() const;

 private:
  // Plateau samples by level, on a logarithmic scale.
  struct Side {
    float peak = 0;
    std::vector<std::uint32_t> plateau_samples;
  };

  float tolerance(float level) const;
  void extend_or_restart(float sample);
  void close_run(float next);

  SampleStep step_;
  Side sides_[2];  // negative, positive
  std::uint64_t sample_count_ = 0;
  float before_run_ = 0;
  float run_low_ = 0;  // smallest and largest magnitude of the run
  float run_high_ = 0;
  bool run_positive_ = true;
  std::uint32_t run_length_ = 0;
  float last_ = 0;
};

}  // namespace saywell
