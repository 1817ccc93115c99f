#include "signal/vad.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <random>

namespace saywell {
namespace {

std::string model_dir() {
  const char* dir = std::getenv("SAYWELL_MODEL_DIR");
  return dir ? dir : "build/models";
}

class VadTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    Result<VadModel> loaded = VadModel::load(model_dir());
    ASSERT_TRUE(loaded.ok()) << loaded.status().explanation();
    model_ = new VadModel(*std::move(loaded));
  }
  static void TearDownTestSuite() {
    delete model_;
    model_ = nullptr;
  }
  static VadModel* model_;
};
VadModel* VadTest::model_ = nullptr;

std::vector<float> noise(std::size_t count, float level) {
  std::mt19937 random(7);
  std::normal_distribution<float> gaussian(0, level);
  std::vector<float> samples(count);
  for (float& sample : samples) sample = gaussian(random);
  return samples;
}

TEST_F(VadTest, ProbabilitiesDoNotDependOnHowTheSamplesWereSplit) {
  const std::vector<float> samples = noise(16000, 0.05F);
  const auto whole = pcm_to_speech_probabilities(*model_, samples);
  ASSERT_TRUE(whole.ok());
  EXPECT_EQ(whole->size(), 32U);
  VadStream stream(*model_);
  std::vector<float> pieces;
  const std::span<const float> all(samples);
  for (std::size_t at = 0, size = 1; at < all.size(); at += size, size = size * 3 % 1999 + 1) {
    const auto got = stream.push(all.subspan(at, std::min(size, all.size() - at)));
    ASSERT_TRUE(got.ok());
    pieces.insert(pieces.end(), got->begin(), got->end());
  }
  const auto last = stream.finish();
  ASSERT_TRUE(last.ok());
  pieces.insert(pieces.end(), last->begin(), last->end());
  EXPECT_EQ(pieces, *whole);
}

TEST_F(VadTest, SilenceAndNoiseAreNoSpeech) {
  for (const float level : {0.0F, 0.001F, 0.1F}) {
    const std::vector<float> samples = noise(32000, level);
    const auto probabilities = pcm_to_speech_probabilities(*model_, samples);
    ASSERT_TRUE(probabilities.ok());
    EXPECT_TRUE(probabilities_to_regions(*probabilities, 2.0).empty()) << level;
  }
}

TEST(VadRegions, GapsShorterThanTheHangoverAreBridgedAndRegionsNotLengthened) {
  const std::vector<float> probabilities = {0.1F, 0.9F, 0.4F, 0.9F, 0.1F, 0.1F, 0.9F, 0.9F,
                                            0.1F, 0.1F, 0.1F, 0.1F, 0.1F, 0.9F, 0.9F, 0.9F};
  const auto regions = probabilities_to_regions(probabilities, 0.5);
  ASSERT_EQ(regions.size(), 2U);
  EXPECT_NEAR(regions[0].start_s, 0.032, 1e-9);
  EXPECT_NEAR(regions[0].end_s, 0.256, 1e-9);
  EXPECT_NEAR(regions[1].start_s, 0.416, 1e-9);
  EXPECT_NEAR(regions[1].end_s, 0.5, 1e-9);
}

TEST(VadRegions, ASingleWindowIsNotSpeech) {
  const std::vector<float> probabilities = {0.1F, 0.9F, 0.1F, 0.1F, 0.1F, 0.1F, 0.1F};
  EXPECT_TRUE(probabilities_to_regions(probabilities, 0.22).empty());
}

TEST(VadModelFile, AMissingModelIsNamed) {
  const auto missing = VadModel::load("/nonexistent");
  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(missing.status().code(), Code::kKernelUnavailable);
  EXPECT_NE(missing.status().explanation().find("silero_vad_v6.onnx"), std::string::npos);
}

}  // namespace
}  // namespace saywell
