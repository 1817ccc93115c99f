#include "score/prosody.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace saywell {
namespace {

// A second at 100 Hz, then one at 200 Hz, 6 dB louder; the contour as from a tracker.
Prosody two_tones() {
  std::vector<float> samples(32000);
  F0Contour f0;
  f0.step_s = 0.01;
  f0.first_frame_s = 0.005;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const double hz = i < 16000 ? 100 : 200;
    samples[i] = static_cast<float>((i < 16000 ? 0.1 : 0.2) *
                                    std::sin(2 * M_PI * hz * static_cast<double>(i) / 16000));
  }
  for (int frame = 0; frame < 200; ++frame) {
    f0.f0_hz.push_back(frame < 100 ? 100.0F : 200.0F);
    f0.strength.push_back(1);
  }
  return measure_prosody(samples, f0, -20);
}

TEST(Prosody, PitchIsInSemitonesAgainstTheMedian) {
  const Prosody prosody = two_tones();
  const ProsodyOfStretch low = prosody_of(prosody, {0.2, 0.8}),
                         high = prosody_of(prosody, {1.2, 1.8});
  EXPECT_NEAR(high.pitch_semitones - low.pitch_semitones, 12, 1e-3);
  EXPECT_NEAR(high.level_db - low.level_db, 6.02, 0.2);
  EXPECT_NEAR(low.voiced_share, 1, 1e-6);
}

TEST(Prosody, ARiseHasAPositiveSlope) {
  EXPECT_NEAR(prosody_of(two_tones(), {0.7, 1.3}).pitch_slope, 12, 1e-3);
}

TEST(Prosody, NothingIsMeasuredOutsideTheRecording) {
  const ProsodyOfStretch outside = prosody_of(two_tones(), {5, 6});
  EXPECT_EQ(outside.voiced_share, 0);
  EXPECT_EQ(outside.level_db, 0);
}

}  // namespace
}  // namespace saywell
