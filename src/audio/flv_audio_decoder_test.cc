#include "audio/flv_audio_decoder.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace saywell {
namespace {

std::vector<std::byte> payload(unsigned first, std::initializer_list<unsigned> rest = {}) {
  std::vector<std::byte> bytes = {static_cast<std::byte>(first)};
  for (const unsigned byte : rest) bytes.push_back(static_cast<std::byte>(byte));
  return bytes;
}

// A tone of 441 Hz in 16-bit samples at 44.1 kHz, one channel, with the first byte of linear PCM.
std::vector<std::byte> tone(std::size_t samples) {
  std::vector<std::byte> bytes = payload(0x3E);
  for (std::size_t i = 0; i < samples; ++i) {
    const double angle = 2 * std::numbers::pi * 441 * static_cast<double>(i) / 44100;
    const auto sample = static_cast<std::int16_t>(16384 * std::sin(angle));
    bytes.push_back(static_cast<std::byte>(sample & 255));
    bytes.push_back(static_cast<std::byte>((sample >> 8) & 255));
  }
  return bytes;
}

TEST(FlvAudioDecoder, SamplesComeOutAt16kHz) {
  FlvAudioDecoder decoder;
  std::vector<float> samples;
  for (int i = 0; i < 10; ++i) ASSERT_TRUE(decoder.push(tone(4410), samples).ok());
  EXPECT_NEAR(static_cast<double>(samples.size()), 16000, 100);
  double energy = 0;
  for (const float sample : samples) energy += sample * sample;
  EXPECT_NEAR(std::sqrt(energy / static_cast<double>(samples.size())), 0.5 / std::sqrt(2.0), 0.02);
}

TEST(FlvAudioDecoder, ACodecMayChange) {
  FlvAudioDecoder decoder;
  std::vector<float> samples;
  ASSERT_TRUE(decoder.push(tone(4410), samples).ok());
  std::vector<std::byte> quiet(801, std::byte{0xFF});  // mu-law silence
  quiet[0] = std::byte{0x82};
  const std::size_t before = samples.size();
  ASSERT_TRUE(decoder.push(quiet, samples).ok());
  EXPECT_GT(samples.size(), before + 1000);
}

TEST(FlvAudioDecoder, WhatIsNoAudioIsPassedOver) {
  FlvAudioDecoder decoder;
  std::vector<float> samples;
  EXPECT_TRUE(decoder.push({}, samples).ok());
  EXPECT_TRUE(decoder.push(payload(0xAF), samples).ok());                   // AAC, cut off
  EXPECT_TRUE(decoder.push(payload(0xAF, {1, 2, 3}), samples).ok());        // without configuration
  EXPECT_TRUE(decoder.push(payload(0x2F, {0, 1, 2, 3, 4}), samples).ok());  // no MP3
  EXPECT_TRUE(samples.empty());
}

TEST(FlvAudioDecoder, AnUnknownCodecIsRefused) {
  FlvAudioDecoder decoder;
  std::vector<float> samples;
  for (const unsigned first : {0x90U, 0xC0U, 0xF0U}) {
    EXPECT_EQ(decoder.push(payload(first, {1, 2, 3}), samples).code(), Code::kNotConvertible);
  }
}

}  // namespace
}  // namespace saywell
