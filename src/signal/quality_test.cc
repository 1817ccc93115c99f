#include "signal/quality.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "audio/media_to_pcm.h"

namespace saywell {
namespace {

std::vector<float> silence(double duration_s) {
  return std::vector<float>(static_cast<std::size_t>(duration_s * kSampleRateHz));
}

float amplitude(double rms_dbfs) { return static_cast<float>(std::pow(10, rms_dbfs / 20)); }

void add_noise(std::vector<float>& samples, double rms_dbfs) {
  std::mt19937 random(17);
  std::normal_distribution<float> gaussian(0, amplitude(rms_dbfs));
  for (float& sample : samples) sample += gaussian(random);
}

// A sine of the given rms inside `region`.
void add_tone(std::vector<float>& samples, const TimeRegion& region, double rms_dbfs) {
  const auto end = static_cast<std::size_t>(region.end_s * kSampleRateHz);
  for (auto i = static_cast<std::size_t>(region.start_s * kSampleRateHz); i < end; ++i) {
    const double phase = 2 * M_PI * 300 * static_cast<double>(i) / kSampleRateHz;
    samples[i] += amplitude(rms_dbfs) * static_cast<float>(std::sqrt(2) * std::sin(phase));
  }
}

const std::vector<TimeRegion> kSpeech = {{0.5, 2.0}, {2.4, 3.5}};

// Four seconds of "speech" (tones in kSpeech) over noise.
std::vector<float> tones_in_noise(double speech_dbfs, double noise_dbfs) {
  std::vector<float> samples = silence(4);
  add_noise(samples, noise_dbfs);
  for (const TimeRegion& region : kSpeech) add_tone(samples, region, speech_dbfs);
  return samples;
}

TEST(Quality, LevelsAreRootMeanSquares) {
  std::vector<float> samples = silence(4);
  for (const TimeRegion& region : kSpeech) add_tone(samples, region, -20);
  const QualityReport report = measure_quality(samples, kSpeech, 0.25);
  EXPECT_NEAR(report.speech_level_dbfs, -20, 0.05);
  EXPECT_NEAR(report.recording_level_dbfs, -20 + 10 * std::log10(2.6 / 4), 0.05);
  EXPECT_NEAR(report.peak_dbfs, -20 + 3.01, 0.05);
  EXPECT_EQ(report.clipped_share, 0.25);
  EXPECT_TRUE(report.has_speech);
  EXPECT_FALSE(report.digital_silence);
}

TEST(Quality, AConstantOffsetIsNoLevel) {
  std::vector<float> samples = tones_in_noise(-20, -50);
  const QualityReport plain = measure_quality(samples, kSpeech, 0);
  for (float& sample : samples) sample += 0.1F;
  const QualityReport shifted = measure_quality(samples, kSpeech, 0);
  EXPECT_NEAR(shifted.speech_level_dbfs, plain.speech_level_dbfs, 0.01);
  EXPECT_NEAR(shifted.snr_db, plain.snr_db, 0.05);
}

// EBU Tech 3341: a 1 kHz sine of -20 dBFS peak has -23 LUFS in one channel.
TEST(Quality, LoudnessFollowsR128) {
  std::vector<float> samples = silence(5);
  for (std::size_t i = 0; i < samples.size(); ++i) {
    samples[i] = 0.1F * static_cast<float>(
                            std::sin(2 * M_PI * 1000 * static_cast<double>(i) / kSampleRateHz));
  }
  const QualityReport report = measure_quality(samples, {}, 0);
  ASSERT_TRUE(report.lufs.has_value());
  EXPECT_NEAR(*report.lufs, -23, 0.2);
}

TEST(Quality, ShortOrSilentRecordingsHaveNoLoudness) {
  EXPECT_FALSE(measure_quality(silence(2), {}, 0).lufs.has_value());
  EXPECT_FALSE(measure_quality(std::vector<float>(6399, 0.1F), {}, 0).lufs.has_value());
  EXPECT_FALSE(measure_quality({}, {}, 0).lufs.has_value());
}

TEST(Quality, SnrIsThatOfTheConstruction) {
  for (const double snr_db : {0.0, 5.0, 10.0, 20.0, 30.0}) {
    const QualityReport report = measure_quality(tones_in_noise(-20, -20 - snr_db), kSpeech, 0);
    EXPECT_NEAR(report.snr_db, snr_db, 1.0) << snr_db;
  }
}

TEST(Quality, SnrDoesNotDependOnTheLevel) {
  std::vector<float> samples = tones_in_noise(-20, -35);
  const double before = measure_quality(samples, kSpeech, 0).snr_db;
  for (float& sample : samples) sample *= 0.05F;
  EXPECT_NEAR(measure_quality(samples, kSpeech, 0).snr_db, before, 0.01);
}

TEST(Quality, NoiseIsFoundWithoutAnyPause) {
  // Syllables of 150 ms with gaps of 75 ms, all of it called speech.
  std::vector<float> samples = silence(4);
  add_noise(samples, -40);
  for (int i = 0; i < 17; ++i) add_tone(samples, {0.225 * i, 0.225 * i + 0.15}, -20);
  EXPECT_NEAR(measure_quality(samples, std::vector<TimeRegion>{{0, 4}}, 0).snr_db, 18, 2);
}

TEST(Quality, DigitalSilenceBetweenWordsIsNotTheNoise) {
  std::vector<float> samples = silence(6);
  for (const TimeRegion& region : kSpeech) {
    std::vector<float> word = silence(region.duration_s());
    add_noise(word, -25);
    std::copy(word.begin(), word.end(),
              samples.begin() + static_cast<std::ptrdiff_t>(region.start_s * kSampleRateHz));
  }
  EXPECT_LT(measure_quality(samples, kSpeech, 0).snr_db, 1);
}

TEST(Quality, WithoutNoiseTheSnrIsTheLargest) {
  std::vector<float> samples = silence(4);
  add_tone(samples, {1, 1.005}, -20);
  const QualityReport report = measure_quality(samples, std::vector<TimeRegion>{{1, 1.005}}, 0);
  EXPECT_GE(report.snr_db, 0);
  EXPECT_LE(report.snr_db, kMaxSnrDb);
}

TEST(Quality, NothingAndSilenceAreReportedAsSuch) {
  for (const std::vector<float>& samples :
       {std::vector<float>(), silence(1), std::vector<float>(16000, 0.2F)}) {
    const QualityReport report = measure_quality(samples, {}, 0);
    EXPECT_TRUE(report.digital_silence);
    EXPECT_FALSE(report.has_speech);
    EXPECT_EQ(report.recording_level_dbfs, kSilenceDbfs);
    EXPECT_EQ(quality_status(report, {}).code(), Code::kNoSpeech);
  }
  std::vector<float> dithered = silence(1);
  for (std::size_t i = 0; i < dithered.size(); i += 3) dithered[i] = 1.0F / 32768;
  EXPECT_TRUE(measure_quality(dithered, {}, 0).digital_silence);
}

TEST(Quality, RegionsBeyondTheRecordingAreCut) {
  const std::vector<float> samples = tones_in_noise(-20, -50);
  const QualityReport report =
      measure_quality(samples, std::vector<TimeRegion>{{-1, 2}, {2.4, 99}, {100, 101}}, 0);
  EXPECT_TRUE(report.has_speech);
  EXPECT_TRUE(std::isfinite(report.snr_db));
}

QualityReport good_report() {
  QualityReport report;
  report.has_speech = true;
  report.digital_silence = false;
  report.speech_level_dbfs = -22;
  report.recording_level_dbfs = -24;
  report.snr_db = 25;
  return report;
}

TEST(QualityStatus, AGoodRecordingPasses) { EXPECT_TRUE(quality_status(good_report(), {}).ok()); }

TEST(QualityStatus, TheFirstQuestionThatAppliesAnswers) {
  QualityReport report = good_report();
  report.snr_db = 1;
  EXPECT_EQ(quality_status(report, {}).code(), Code::kLowSnr);
  report.speech_level_dbfs = -3;
  EXPECT_EQ(quality_status(report, {}).code(), Code::kTooLoud);
  report.clipped_share = 0.05;
  EXPECT_EQ(quality_status(report, {}).code(), Code::kClipped);
  report.has_speech = false;
  EXPECT_EQ(quality_status(report, {}).code(), Code::kNoSpeech);
  report.recording_level_dbfs = -70;
  EXPECT_EQ(quality_status(report, {}).code(), Code::kTooQuiet);
  report.digital_silence = true;
  EXPECT_EQ(quality_status(report, {}).code(), Code::kNoSpeech);
}

TEST(QualityStatus, LongPausesDoNotMakeSpeechTooQuiet) {
  QualityReport report = good_report();
  report.recording_level_dbfs = -60;
  EXPECT_TRUE(quality_status(report, {}).ok());
}

TEST(QualityStatus, TheFiguresAreInTheSentence) {
  QualityReport report = good_report();
  report.speech_level_dbfs = -61.26;
  EXPECT_EQ(check_not_too_quiet(report, {}).explanation(),
            "speech level -61.3 dBFS, at least -54.0 is needed");
}

}  // namespace
}  // namespace saywell
