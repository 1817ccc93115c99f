#include "signal/f0.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

#include "audio/media_to_pcm.h"
#include "signal/testing/synthetic_voice.h"

namespace saywell {
namespace {

F0Contour track(const std::vector<float>& samples, double step_s = 0.010) {
  F0Options options;
  options.step_s = step_s;
  auto contour = pcm_to_f0(samples, options);
  EXPECT_TRUE(contour.ok()) << contour.status().message();
  return contour.ok() ? *contour : F0Contour{};
}

double frame_time_s(const F0Contour& contour, std::size_t frame) {
  return contour.first_frame_s + static_cast<double>(frame) * contour.step_s;
}

double voiced_share(const F0Contour& contour) {
  const auto voiced =
      std::count_if(contour.f0_hz.begin(), contour.f0_hz.end(), [](float f0) { return f0 > 0; });
  return static_cast<double>(voiced) /
         static_cast<double>(std::max<std::size_t>(1, contour.f0_hz.size()));
}

struct VoiceCase {
  const char* name;
  double f0_hz;
};

class F0OfVoice : public testing::TestWithParam<VoiceCase> {};

// The F0 moves by a fifth up and down; every frame more than two periods inside must be within 1 %.
TEST_P(F0OfVoice, IsWithinOnePercent) {
  SyntheticVoice voice;
  voice.duration_s = 1.5;
  voice.voiced_from_s = 0.25;
  voice.voiced_to_s = 1.25;
  voice.f0_hz = [&](double t) {
    return GetParam().f0_hz * (1 + 0.2 * std::sin(2 * std::numbers::pi * t));
  };
  const F0Contour contour = track(synthesize(voice), 0.005);
  for (std::size_t i = 0; i < contour.f0_hz.size(); ++i) {
    const double time_s = frame_time_s(contour, i);
    if (time_s < 0.28 || time_s > 1.22) continue;
    EXPECT_NEAR(contour.f0_hz[i], voice.f0_hz(time_s), 0.01 * voice.f0_hz(time_s)) << time_s;
    EXPECT_GT(contour.strength[i], 0.5F) << time_s;
  }
}

INSTANTIATE_TEST_SUITE_P(Voices, F0OfVoice,
                         testing::Values(VoiceCase{"low", 80}, VoiceCase{"man", 120},
                                         VoiceCase{"woman", 210}, VoiceCase{"child", 320}),
                         [](const auto& instance) { return instance.param.name; });

class F0Step : public testing::TestWithParam<double> {};

TEST_P(F0Step, VoicingStartsAndEndsInTimeAtEveryStep) {
  SyntheticVoice voice;
  voice.duration_s = 1.5;
  voice.voiced_from_s = 0.5;
  voice.voiced_to_s = 1.0;
  const F0Contour contour = track(synthesize(voice), GetParam());
  EXPECT_DOUBLE_EQ(contour.first_frame_s, GetParam() / 2);
  EXPECT_EQ(contour.f0_hz.size(), static_cast<std::size_t>(std::lround(1.5 / GetParam())));
  const std::vector<TimeRegion> segments = voiced_segments(contour);
  ASSERT_EQ(segments.size(), 1U);
  EXPECT_NEAR(segments[0].start_s, 0.5, 0.010 + GetParam() / 2);
  EXPECT_NEAR(segments[0].end_s, 1.0, 0.010 + GetParam() / 2);
}

INSTANTIATE_TEST_SUITE_P(Steps, F0Step, testing::Values(0.001, 0.005, 0.010, 0.015));

TEST(F0, KeepsTheOctaveOfABreathyVoice) {
  SyntheticVoice voice;
  voice.f0_hz = [](double t) { return 220 - 60 * t; };
  voice.breath = 0.08;
  const F0Contour contour = track(synthesize(voice));
  EXPECT_GT(voiced_share(contour), 0.9);
  for (std::size_t i = 0; i < contour.f0_hz.size(); ++i) {
    if (contour.f0_hz[i] == 0) continue;
    EXPECT_NEAR(contour.f0_hz[i], voice.f0_hz(frame_time_s(contour, i)), 10) << i;
  }
}

TEST(F0, IsTheSameAtAnyLevel) {
  std::vector<float> samples = synthesize({});
  const F0Contour loud = track(samples);
  for (float& sample : samples) sample *= 0.01F;
  const F0Contour quiet = track(samples);
  ASSERT_EQ(loud.f0_hz.size(), quiet.f0_hz.size());
  for (std::size_t i = 0; i < loud.f0_hz.size(); ++i)
    EXPECT_NEAR(loud.f0_hz[i], quiet.f0_hz[i], 0.1) << i;
}

TEST(F0, WhisperHasNoVoicedSegment) {
  SyntheticVoice whisper;
  whisper.duration_s = 3;
  whisper.voiced_from_s = 0.3;
  whisper.voiced_to_s = 2.7;
  whisper.whispered = true;
  const F0Contour contour = track(synthesize(whisper));
  EXPECT_LT(voiced_share(contour), 0.05);
  EXPECT_TRUE(voiced_segments(contour).empty());
}

TEST(F0, NoiseHasNoVoicedSegment) {
  for (const NoiseColour colour : {NoiseColour::kWhite, NoiseColour::kPink}) {
    for (unsigned seed = 1; seed <= 5; ++seed) {
      const F0Contour contour = track(synthesize_noise(2, colour, seed));
      EXPECT_LT(voiced_share(contour), 0.05);
      EXPECT_TRUE(voiced_segments(contour).empty());
    }
  }
}

TEST(F0, SilenceIsUnvoiced) {
  for (const float constant : {0.0F, 0.3F}) {
    const F0Contour contour = track(std::vector<float>(kSampleRateHz, constant));
    EXPECT_EQ(contour.f0_hz.size(), 100U);
    EXPECT_EQ(voiced_share(contour), 0);
  }
}

TEST(F0, ShortAudioGivesTheFramesWhoseCentreItHolds) {
  EXPECT_TRUE(track({}).f0_hz.empty());
  EXPECT_TRUE(track(std::vector<float>(79, 0.1F)).f0_hz.empty());
  EXPECT_EQ(track(std::vector<float>(80, 0.1F)).f0_hz.size(), 1U);
  EXPECT_EQ(track(std::vector<float>(400, 0.1F)).f0_hz.size(), 3U);
}

TEST(F0, SurvivesSamplesThatAreNoNumbersOrHuge) {
  std::vector<float> samples = synthesize({});
  samples[4000] = std::numeric_limits<float>::quiet_NaN();
  samples[8000] = std::numeric_limits<float>::infinity();
  samples[12000] = std::numeric_limits<float>::max();
  const F0Contour contour = track(samples);
  for (std::size_t i = 0; i < contour.f0_hz.size(); ++i) {
    EXPECT_TRUE(std::isfinite(contour.f0_hz[i]) && std::isfinite(contour.strength[i])) << i;
  }
}

TEST(F0, RefusesOptionsOutOfRangeByName) {
  F0Options step, floor, ceiling;
  step.step_s = 0;
  floor.floor_hz = std::numeric_limits<double>::quiet_NaN();
  ceiling.ceiling_hz = 50;
  const std::vector<std::pair<F0Options, std::string>> cases = {
      {step, "step_s"}, {floor, "floor_hz"}, {ceiling, "ceiling_hz"}};
  for (const auto& [options, name] : cases) {
    const auto contour = pcm_to_f0(std::vector<float>(1600), options);
    ASSERT_FALSE(contour.ok()) << name;
    EXPECT_EQ(contour.status().code(), Code::kBadParameter);
    EXPECT_NE(contour.status().explanation().find(name), std::string::npos)
        << contour.status().explanation();
  }
}

TEST(VoicedSegments, LeaveOutShortRuns) {
  const F0Contour contour{0.010, 0.005, {0, 100, 100, 100, 0, 0, 120, 120, 120, 120}, {}};
  const std::vector<TimeRegion> segments = voiced_segments(contour);
  ASSERT_EQ(segments.size(), 1U);
  EXPECT_NEAR(segments[0].start_s, 0.06, 1e-9);
  EXPECT_NEAR(segments[0].end_s, 0.10, 1e-9);
  EXPECT_EQ(voiced_segments(contour, 0.030).size(), 2U);
}

}  // namespace
}  // namespace saywell
