// The best path through F0 candidates, frame by frame, by dynamic programming (Boersma 1993,
// section 3.4).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "signal/f0_frames.h"

namespace saywell {

// Gains and costs of a path, all in units of candidate strength (0–1). Those of jumps are for
// frames 10 ms apart and are scaled to the step.
struct F0PathCosts {
  double voicing_threshold = 0.43;    // gain of "unvoiced" in a frame that is loud enough
  double silence_threshold = 0.02;    // share of voiced_level below which "unvoiced" gains more
  double voiced_level = 1;            // rms of the voice, full scale 1
  double octave_cost = 0.01;          // per octave, in favour of higher candidates
  double prior_cost = 0;              // of (octaves away from prior_hz) squared
  double prior_hz = 100;              // middle of the speaker's range
  double octave_jump_cost = 0.35;     // per octave between neighbouring frames
  double voicing_change_cost = 0.18;  // from voiced to unvoiced or back
};

// Frames go in one by one, decisions come out at the end. A frame is decided once kLookAheadFrames
// more are known (surviving paths have met long before), so that what is kept of a frame is one
// candidate. One thread per object.
class F0PathFinder {
 public:
  static constexpr std::size_t kLookAheadFrames = 512;

  F0PathFinder(const F0PathCosts& costs, double step_s);

  void push(const F0Frame& frame);

  // The candidates on the path, one per pushed frame; f0_hz 0 where unvoiced. The object is spent.
  std::vector<F0Candidate> finish();

 private:
  static constexpr std::size_t kMaxStates = F0Frame::kMaxCandidates + 1;
  struct State {
    F0Candidate candidate;
    float octave = 0;  // log2 of its F0
    float score = 0;   // of the best path that ends here
    std::uint8_t came_from = 0;
  };
  struct Column {
    std::array<State, kMaxStates> states;
    std::size_t count = 0;
  };

  Column states_of(const F0Frame& frame) const;
  float change_cost(const State& from, const State& to) const;
  void extend_paths(Column& column) const;
  void decide(std::size_t frames);

  F0PathCosts costs_;
  float octave_jump_cost_;
  float voicing_change_cost_;
  std::vector<Column> undecided_;
  std::vector<F0Candidate> decided_;
};

}  // namespace saywell
