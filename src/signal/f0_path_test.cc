#include "signal/f0_path.h"

#include <gtest/gtest.h>

#include <initializer_list>
#include <vector>

namespace saywell {
namespace {

F0Frame frame_of(std::initializer_list<F0Candidate> candidates, float level = 0.1F) {
  F0Frame frame;
  for (const F0Candidate& candidate : candidates) frame.candidates[frame.count++] = candidate;
  frame.level = level;
  return frame;
}

F0PathCosts costs() {
  F0PathCosts costs;
  costs.voiced_level = 0.1;
  return costs;
}

TEST(F0Path, KeepsTheOctaveThroughAFrameThatFavoursAnother) {
  F0PathFinder finder(costs(), 0.010);
  for (int i = 0; i < 9; ++i) {
    const bool odd_one = i == 4;
    finder.push(frame_of({{100, odd_one ? 0.8F : 0.9F}, {200, odd_one ? 0.9F : 0.7F}}));
  }
  for (const F0Candidate& candidate : finder.finish()) EXPECT_EQ(candidate.f0_hz, 100);
}

TEST(F0Path, IsUnvoicedWithoutCandidatesAndInSilence) {
  F0PathFinder finder(costs(), 0.010);
  for (int i = 0; i < 5; ++i) finder.push(frame_of({}));
  for (int i = 0; i < 5; ++i) finder.push(frame_of({{100, 0.9F}}, 0.0005F));
  const std::vector<F0Candidate> path = finder.finish();
  ASSERT_EQ(path.size(), 10U);
  for (const F0Candidate& candidate : path) EXPECT_EQ(candidate.f0_hz, 0);
}

TEST(F0Path, DecidesEveryFrameOnceAndInOrderBeyondTheLookAhead) {
  constexpr std::size_t kFrames = 5 * F0PathFinder::kLookAheadFrames + 17;
  F0PathFinder finder(costs(), 0.010);
  const auto f0_at = [](std::size_t i) { return 100 + 0.01F * static_cast<float>(i); };
  for (std::size_t i = 0; i < kFrames; ++i) finder.push(frame_of({{f0_at(i), 0.9F}}));
  const std::vector<F0Candidate> path = finder.finish();
  ASSERT_EQ(path.size(), kFrames);
  for (std::size_t i = 0; i < kFrames; ++i) EXPECT_EQ(path[i].f0_hz, f0_at(i));
}

TEST(F0Path, OfNothingIsEmpty) { EXPECT_TRUE(F0PathFinder(costs(), 0.010).finish().empty()); }

}  // namespace
}  // namespace saywell
