#include "signal/f0_path.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace saywell {
namespace {

constexpr double kCostStep_s = 0.010;  // the step for which costs of jumps are given

}  // namespace

F0PathFinder::F0PathFinder(const F0PathCosts& costs, double step_s)
    : costs_(costs),
      octave_jump_cost_(static_cast<float>(costs.octave_jump_cost * kCostStep_s / step_s)),
      voicing_change_cost_(static_cast<float>(costs.voicing_change_cost * kCostStep_s / step_s)) {}

void F0PathFinder::push(const F0Frame& frame) {
  Column column = states_of(frame);
  if (!undecided_.empty()) extend_paths(column);
  undecided_.push_back(column);
  if (undecided_.size() >= 2 * kLookAheadFrames) decide(kLookAheadFrames);
}

std::vector<F0Candidate> F0PathFinder::finish() {
  decide(undecided_.size());
  return std::move(decided_);
}

// The frame's candidates and, last, "unvoiced", each with its own gain.
F0PathFinder::Column F0PathFinder::states_of(const F0Frame& frame) const {
  Column column;
  const double prior_octave = std::log2(costs_.prior_hz);
  for (std::size_t i = 0; i < frame.count; ++i) {
    const F0Candidate& candidate = frame.candidates[i];
    const double octave = std::log2(static_cast<double>(candidate.f0_hz));
    const double away = octave - prior_octave;
    const double gain =
        candidate.strength + costs_.octave_cost * away - costs_.prior_cost * away * away;
    column.states[i] = {candidate, static_cast<float>(octave), static_cast<float>(gain), 0};
  }
  const double threshold = costs_.voicing_threshold;
  const double relative_level = frame.level / costs_.voiced_level;
  const double silence =
      std::max(0.0, 2 - relative_level * (1 + threshold) / costs_.silence_threshold);
  column.states[frame.count] = {{}, 0, static_cast<float>(threshold + silence), 0};
  column.count = frame.count + 1;
  return column;
}

float F0PathFinder::change_cost(const State& from, const State& to) const {
  const bool was_voiced = from.candidate.f0_hz > 0, is_voiced = to.candidate.f0_hz > 0;
  if (was_voiced != is_voiced) return voicing_change_cost_;
  return is_voiced ? octave_jump_cost_ * std::abs(to.octave - from.octave) : 0.0F;
}

void F0PathFinder::extend_paths(Column& column) const {
  const Column& last = undecided_.back();
  float top = -INFINITY;
  for (std::size_t i = 0; i < column.count; ++i) {
    State& to = column.states[i];
    float best = -INFINITY;
    for (std::size_t j = 0; j < last.count; ++j) {
      const float score = last.states[j].score - change_cost(last.states[j], to);
      if (score > best) {
        best = score;
        to.came_from = static_cast<std::uint8_t>(j);
      }
    }
    to.score += best;
    top = std::max(top, to.score);
  }
  // Only differences matter; sums over an hour would lose precision.
  for (std::size_t i = 0; i < column.count; ++i) column.states[i].score -= top;
}

// Traces the best path back and fixes its first `frames` frames.
void F0PathFinder::decide(std::size_t frames) {
  if (undecided_.empty()) return;
  const Column& last = undecided_.back();
  const auto best = std::max_element(
      last.states.begin(), last.states.begin() + static_cast<std::ptrdiff_t>(last.count),
      [](const State& a, const State& b) { return a.score < b.score; });
  auto state = static_cast<std::size_t>(best - last.states.begin());
  const std::size_t base = decided_.size();
  decided_.resize(base + frames);
  for (std::size_t i = undecided_.size(); i-- > 0;) {
    if (i < frames) decided_[base + i] = undecided_[i].states[state].candidate;
    state = undecided_[i].states[state].came_from;
  }
  undecided_.erase(undecided_.begin(), undecided_.begin() + static_cast<std::ptrdiff_t>(frames));
}

}  // namespace saywell
