#include "signal/end_of_speech.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <random>

#include "audio/media_to_pcm.h"

namespace saywell {
namespace {

constexpr char kCards[] = "/usr/share/pocketsphinx/test/data/cards/001.wav";  // "Ten of clubs."

class EndOfSpeechTest : public testing::Test {
 protected:
  void SetUp() override {
    const char* model_dir = std::getenv("SAYWELL_MODEL_DIR");
    ASSERT_NE(model_dir, nullptr) << "SAYWELL_MODEL_DIR is not set";
    Result<VadModel> loaded = VadModel::load(model_dir);
    ASSERT_TRUE(loaded.ok()) << loaded.status().explanation();
    model.emplace(*std::move(loaded));
    const Result<Recording> recording = media_file_to_pcm(kCards);
    ASSERT_TRUE(recording.ok()) << kCards << ": " << recording.status().explanation();
    speech = recording->samples;
  }

  // One second of silence, the speech, and `after_s` of silence.
  std::vector<float> with_silence(double after_s) const {
    std::vector<float> samples(kSampleRateHz, 0.0F);
    samples.insert(samples.end(), speech.begin(), speech.end());
    samples.resize(samples.size() + static_cast<std::size_t>(after_s * kSampleRateHz), 0.0F);
    return samples;
  }

  std::optional<VadModel> model;
  std::vector<float> speech;
};

TEST_F(EndOfSpeechTest, EndsAfterTheSilence) {
  EndOfSpeech listener(*model);
  EXPECT_FALSE(*listener.push(with_silence(0)));
  ASSERT_TRUE(listener.begin_s());
  EXPECT_GE(*listener.begin_s(), 0.9);
  EXPECT_TRUE(*listener.push(std::vector<float>(2 * kSampleRateHz, 0.0F)));
  EXPECT_GT(listener.end_s(), *listener.begin_s() + 0.5);
  EXPECT_LE(listener.end_s(), 1.0 + static_cast<double>(speech.size()) / kSampleRateHz + 0.1);
}

TEST_F(EndOfSpeechTest, SilenceAloneNeverEnds) {
  EndOfSpeech listener(*model);
  EXPECT_FALSE(*listener.push(std::vector<float>(10 * kSampleRateHz, 0.0F)));
  EXPECT_FALSE(listener.begin_s());
}

// The piece in which the end falls, counted in samples heard, when cut into pieces.
TEST_F(EndOfSpeechTest, PiecesOfAnySizeGiveTheSame) {
  const std::vector<float> samples = with_silence(2);
  EndOfSpeech whole(*model);
  ASSERT_TRUE(*whole.push(samples));
  std::mt19937 random(3);
  for (const std::size_t largest : {37UL, 512UL, 5000UL}) {
    EndOfSpeech cut(*model);
    std::span<const float> rest = samples;
    bool ended = false;
    while (!rest.empty()) {
      const std::size_t size = std::min<std::size_t>(1 + random() % largest, rest.size());
      ended = *cut.push(rest.first(size));
      rest = rest.subspan(size);
    }
    EXPECT_TRUE(ended);
    EXPECT_EQ(cut.begin_s(), whole.begin_s());
    EXPECT_EQ(cut.end_s(), whole.end_s());
  }
}

}  // namespace
}  // namespace saywell
