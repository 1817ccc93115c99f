// The thresholds on real recordings: those of a corpus pass, and what is spoilt of them is refused.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <random>
#include <vector>

#include "audio/media_to_pcm.h"
#include "audio/wav_writer.h"
#include "signal/quality.h"
#include "signal/vad.h"

namespace saywell {
namespace {

constexpr std::size_t kTakeEvery = 50;

using Samples = std::vector<float>;

std::vector<std::filesystem::path> some_recordings() {
  const char* corpus = std::getenv("SAYWELL_CORPUS");
  if (!corpus) return {};
  std::vector<std::filesystem::path> all;
  std::error_code ignored;  // a missing folder has no recordings
  for (const auto& entry :
       std::filesystem::directory_iterator(std::filesystem::path(corpus) / "flac", ignored)) {
    all.push_back(entry.path());
  }
  std::sort(all.begin(), all.end());
  std::vector<std::filesystem::path> some;
  for (std::size_t i = 0; i < all.size(); i += kTakeEvery) some.push_back(all[i]);
  return some;
}

double rms(const Samples& samples) {
  double sum = 0;
  for (const float sample : samples) sum += sample * sample;
  return std::sqrt(sum / static_cast<double>(samples.size()));
}

Samples scaled(Samples samples, double factor) {
  for (float& sample : samples) sample *= static_cast<float>(factor);
  return samples;
}

Samples with_white_noise(Samples samples, double snr_db) {
  std::mt19937 random(1);
  std::normal_distribution<float> gaussian(
      0, static_cast<float>(rms(samples) * std::pow(10, -snr_db / 20)));
  for (float& sample : samples) sample += gaussian(random);
  return samples;
}

Samples with_loudest_clipped(Samples samples, double share) {
  Samples magnitudes;
  for (const float sample : samples) magnitudes.push_back(std::abs(sample));
  const auto rank = static_cast<std::ptrdiff_t>((1 - share) * static_cast<double>(samples.size()));
  std::nth_element(magnitudes.begin(), magnitudes.begin() + rank, magnitudes.end());
  const float level = magnitudes[static_cast<std::size_t>(rank)];
  for (float& sample : samples) sample = std::clamp(sample, -level, level);
  return samples;
}

class QualityCorpus : public ::testing::Test {
 protected:
  void SetUp() override {
    recordings_ = some_recordings();
    if (recordings_.empty()) GTEST_SKIP() << "SAYWELL_CORPUS names no corpus";
    const char* model_dir = std::getenv("SAYWELL_MODEL_DIR");
    Result<VadModel> loaded = VadModel::load(model_dir ? model_dir : "build/models");
    ASSERT_TRUE(loaded.ok()) << loaded.status().explanation();
    vad_.emplace(*std::move(loaded));
  }

  // The verdict on `samples` after the way through a 16-bit file.
  Code verdict(const Samples& samples) const {
    const Result<Recording> recording = media_bytes_to_pcm(pcm_to_wav(samples));
    if (!recording.ok()) return recording.status().code();
    const auto probabilities = pcm_to_speech_probabilities(*vad_, recording->samples);
    if (!probabilities.ok()) return probabilities.status().code();
    const auto speech = probabilities_to_regions(*probabilities, recording->duration_s());
    return quality_status(measure_quality(recording->samples, speech, recording->clipped_share), {})
        .code();
  }

  // How many of the recordings get one of `codes` after `spoil`.
  template <class Spoil>
  std::size_t count(const std::vector<Code>& codes, Spoil spoil) const {
    std::size_t counted = 0;
    for (const auto& path : recordings_) {
      const Result<Recording> recording = media_file_to_pcm(path.string());
      if (!recording.ok()) continue;
      const Code code = verdict(spoil(recording->samples));
      if (std::find(codes.begin(), codes.end(), code) != codes.end()) ++counted;
    }
    return counted;
  }

  std::vector<std::filesystem::path> recordings_;
  std::optional<VadModel> vad_;
};

TEST_F(QualityCorpus, RecordingsPassAlsoQuieterAndWithALittleNoise) {
  const std::vector<Code> good = {Code::kOk};
  EXPECT_EQ(count(good, [](Samples samples) { return samples; }), recordings_.size());
  EXPECT_EQ(count(good, [](Samples samples) { return scaled(samples, 0.25); }), recordings_.size());
  EXPECT_EQ(count(good, [](Samples samples) { return with_white_noise(samples, 20); }),
            recordings_.size());
}

TEST_F(QualityCorpus, WhatIsSpoiltIsRefused) {
  EXPECT_EQ(count({Code::kLowSnr, Code::kNoSpeech},
                  [](Samples samples) { return with_white_noise(samples, 0); }),
            recordings_.size());
  EXPECT_EQ(count({Code::kTooQuiet},
                  [](Samples samples) { return scaled(samples, 0.001 / rms(samples)); }),
            recordings_.size());
  EXPECT_EQ(
      count({Code::kClipped}, [](Samples samples) { return with_loudest_clipped(samples, 0.05); }),
      recordings_.size());
}

}  // namespace
}  // namespace saywell
