#include "audio/clip_meter.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

namespace saywell {
namespace {

constexpr SampleStep k16Bit = {1.0 / 32768, 0};
constexpr SampleStep k8Bit = {1.0 / 128, 0};

double share_of(const std::vector<float>& samples, SampleStep step = k16Bit) {
  ClipMeter meter(step);
  meter.push(samples);
  return meter.clipped_share();
}

std::vector<float> quantised(std::vector<float> samples, SampleStep step) {
  const auto size = static_cast<float>(step.absolute);
  for (float& sample : samples) sample = std::round(sample / size) * size;
  return samples;
}

std::vector<float> scaled(std::vector<float> samples, float factor) {
  for (float& sample : samples) sample *= factor;
  return samples;
}

// Voice-like samples: a decaying resonance at each of 130 pulses per second, of changing strength.
std::vector<float> voice(int rate_hz) {
  std::vector<float> samples(static_cast<std::size_t>(rate_hz * 2));
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const double time_s = static_cast<double>(i) / rate_hz;
    const double since_pulse_s = std::fmod(time_s, 1.0 / 130);
    const double strength = 0.3 + 0.2 * std::sin(2 * M_PI * 3.1 * time_s);
    samples[i] = static_cast<float>(strength * std::exp(-since_pulse_s * 300) *
                                    std::sin(2 * M_PI * 620 * since_pulse_s));
  }
  return samples;
}

// Hard-clips the loudest `share` of the samples.
std::vector<float> clipped(std::vector<float> samples, double share) {
  std::vector<float> magnitudes;
  for (const float sample : samples) magnitudes.push_back(std::abs(sample));
  const auto rank = static_cast<std::ptrdiff_t>((1 - share) * static_cast<double>(samples.size()));
  std::nth_element(magnitudes.begin(), magnitudes.begin() + rank, magnitudes.end());
  const float level = magnitudes[static_cast<std::size_t>(rank)];
  for (float& sample : samples) sample = std::clamp(sample, -level, level);
  return samples;
}

TEST(ClipMeter, OrdinaryWavesHaveNoPlateaus) {
  for (const int rate_hz : {8000, 16000, 48000}) {
    EXPECT_LT(share_of(quantised(voice(rate_hz), k16Bit)), 0.0005) << rate_hz;
    EXPECT_LT(share_of(quantised(scaled(voice(rate_hz), 0.01F), k16Bit)), 0.0005) << rate_hz;
    EXPECT_LT(share_of(quantised(voice(rate_hz), k8Bit), k8Bit), 0.001) << rate_hz;
  }
}

TEST(ClipMeter, RoundedTopsOfSlowTonesAreNoPlateaus) {
  for (const double frequency_hz : {50.0, 100.0, 440.0}) {
    for (const float level : {0.9F, 0.05F, 0.002F}) {
      std::vector<float> tone(96000);
      for (std::size_t i = 0; i < tone.size(); ++i) {
        tone[i] = level * static_cast<float>(
                              std::sin(2 * M_PI * frequency_hz * static_cast<double>(i) / 48000));
      }
      EXPECT_EQ(share_of(quantised(tone, k16Bit)), 0) << frequency_hz << " Hz at " << level;
    }
  }
}

TEST(ClipMeter, SilenceAndNoiseAreNotClipped) {
  EXPECT_EQ(share_of({}), 0);
  EXPECT_EQ(share_of(std::vector<float>(16000, 0.0F)), 0);
  EXPECT_EQ(share_of(std::vector<float>(16000, 0.3F)), 0);
  std::mt19937 random(5);
  std::normal_distribution<float> gaussian(0, 0.1F);
  std::vector<float> noise(16000);
  for (float& sample : noise) sample = gaussian(random);
  EXPECT_LT(share_of(noise), 0.0005);
}

TEST(ClipMeter, HardClippingIsFoundAtAnyLevelAndRate) {
  for (const int rate_hz : {8000, 16000, 48000}) {
    for (const float level : {1.5F, 0.5F, 0.02F}) {
      const std::vector<float> samples =
          quantised(scaled(clipped(voice(rate_hz), 0.05), level), k16Bit);
      EXPECT_NEAR(share_of(samples), 0.045, 0.012) << rate_hz << " Hz, factor " << level;
    }
  }
}

TEST(ClipMeter, OneSidedClippingIsFound) {
  std::vector<float> samples = voice(16000);
  for (float& sample : samples) sample = std::min(sample, 0.08F);
  EXPECT_GT(share_of(quantised(samples, k16Bit)), 0.02);
}

TEST(ClipMeter, FaintNoiseAfterTheClippingDoesNotHideIt) {
  std::vector<float> samples = clipped(voice(16000), 0.05);
  const float peak = *std::max_element(samples.begin(), samples.end());
  std::mt19937 random(9);
  std::normal_distribution<float> gaussian(0, peak / 1000);
  for (float& sample : samples) sample += gaussian(random);
  EXPECT_GT(share_of(quantised(samples, k16Bit)), 0.02);
}

TEST(ClipMeter, BlocksDoNotMatter) {
  const std::vector<float> samples = quantised(clipped(voice(16000), 0.05), k16Bit);
  ClipMeter meter(k16Bit);
  const std::span<const float> all(samples);
  for (std::size_t at = 0, size = 1; at < all.size(); at += size, size = size * 5 % 997 + 1) {
    meter.push(all.subspan(at, std::min(size, all.size() - at)));
  }
  EXPECT_EQ(meter.clipped_share(), share_of(samples));
}

}  // namespace
}  // namespace saywell
