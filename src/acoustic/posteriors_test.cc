// Encoder and phone head as the models that set-up fetches and this repository holds.
#include <gmock/gmock.h>

#include <cmath>
#include <vector>

#include "acoustic/embeddings_to_posteriors.h"
#include "onnx/testing/model_folder.h"

namespace saywell {
namespace {

using testing::HasSubstr;

// A buzz of two harmonics that comes and goes: something that the encoder has to look at.
std::vector<float> buzz(std::size_t count) {
  std::vector<float> samples(count);
  for (std::size_t i = 0; i < count; ++i) {
    const double time_s = static_cast<double>(i) / 16000;
    const double envelope = 0.5 + 0.5 * std::sin(2 * M_PI * 3 * time_s);
    samples[i] = static_cast<float>(
        0.1 * envelope * (std::sin(2 * M_PI * 150 * time_s) + std::sin(2 * M_PI * 900 * time_s)));
  }
  return samples;
}

class AcousticModels : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    encoder_ = new Result<Encoder>(Encoder::load(tested_model_dir()));
    phone_head_ = new Result<PhoneHead>(PhoneHead::load(tested_model_dir()));
  }
  static void TearDownTestSuite() {
    delete encoder_;
    delete phone_head_;
  }
  void SetUp() override {
    ASSERT_TRUE(encoder_->ok()) << encoder_->status().message();
    ASSERT_TRUE(phone_head_->ok()) << phone_head_->status().message();
  }

  static Result<Encoder>* encoder_;
  static Result<PhoneHead>* phone_head_;
};
Result<Encoder>* AcousticModels::encoder_ = nullptr;
Result<PhoneHead>* AcousticModels::phone_head_ = nullptr;

TEST_F(AcousticModels, EveryChunkHasAboutOneFramePerClockTickFromItsBeginning) {
  const std::vector<float> samples = buzz(32000);
  const std::vector<SpeechChunk> chunks = {{0, 12288}, {15360, 32000}};
  const auto embeddings = (*encoder_)->pcm_to_embeddings(samples, chunks);
  ASSERT_TRUE(embeddings.ok()) << embeddings.status().message();
  ASSERT_EQ(embeddings->size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) {
    const Embeddings& chunk = (*embeddings)[i];
    EXPECT_EQ(chunk.first_frame, chunks[i].begin / kFrameSamples);
    EXPECT_NEAR(static_cast<double>(chunk.frame_count),
                static_cast<double>((chunks[i].end - chunks[i].begin) / kFrameSamples), 2);
    EXPECT_EQ(chunk.values.size(), chunk.frame_count * kEmbeddingSize);
    EXPECT_EQ(chunk.frame(1).data(), chunk.values.data() + kEmbeddingSize);
    for (const float value : chunk.values) ASSERT_TRUE(std::isfinite(value));
  }
}

TEST_F(AcousticModels, AChunkShorterThanAFrameHasNone) {
  const std::vector<float> samples = buzz(800);
  const SpeechChunk chunk{0, 800};
  const auto embeddings = (*encoder_)->pcm_to_embeddings(samples, {&chunk, 1});
  ASSERT_TRUE(embeddings.ok()) << embeddings.status().message();
  ASSERT_EQ(embeddings->size(), 1U);
  EXPECT_EQ(embeddings->front().frame_count, 0U);
  const auto posteriors = (*phone_head_)->embeddings_to_posteriors(*embeddings);
  ASSERT_TRUE(posteriors.ok()) << posteriors.status().message();
  EXPECT_EQ(posteriors->frame_count(), 0U);
}

TEST_F(AcousticModels, PosteriorsAreProbabilitiesOnTheClockOfTheirChunks) {
  const std::vector<float> samples = buzz(32000);
  const std::vector<SpeechChunk> chunks = {{0, 9600}, {19200, 32000}};
  const auto embeddings = (*encoder_)->pcm_to_embeddings(samples, chunks);
  ASSERT_TRUE(embeddings.ok()) << embeddings.status().message();
  const auto posteriors = (*phone_head_)->embeddings_to_posteriors(*embeddings);
  ASSERT_TRUE(posteriors.ok()) << posteriors.status().message();
  const std::size_t first = (*embeddings)[0].frame_count, second = (*embeddings)[1].frame_count;
  ASSERT_EQ(posteriors->frame_count(), first + second);
  EXPECT_EQ(posteriors->clock.front(), 0U);
  EXPECT_EQ(posteriors->clock[first], 19200 / kFrameSamples) << "the pause is not there";
  for (std::size_t frame = 0; frame < posteriors->frame_count(); ++frame) {
    double ctc = 0, framewise = 0;
    for (const float log_posterior : posteriors->ctc_at(frame)) ctc += std::exp(log_posterior);
    for (const float log_posterior : posteriors->framewise_at(frame))
      framewise += std::exp(log_posterior);
    ASSERT_NEAR(ctc, 1, 1e-3);
    ASSERT_NEAR(framewise, 1, 1e-3);
  }
}

TEST(AcousticModelFiles, WhatIsMissingOrAnotherModelIs40051NamingIt) {
  for (const Status& status :
       {Encoder::load("/nowhere").status(), PhoneHead::load("/nowhere").status()}) {
    EXPECT_EQ(status.code(), Code::kKernelUnavailable);
    EXPECT_THAT(status.message(), HasSubstr("/nowhere/"));
  }
  const ChangedModel other("phone_head.onnx", "embeddings", "embeddingz");
  const Status status = PhoneHead::load(other.folder()).status();
  EXPECT_EQ(status.code(), Code::kKernelUnavailable);
  EXPECT_THAT(status.message(), HasSubstr("is not a phone head"));
}

TEST(Posteriors, TimesAreThoseOfTheFrameClock) {
  Posteriors posteriors;
  posteriors.clock = {0, 1, 100};
  EXPECT_NEAR(posteriors.middle_s(0), 0.028, 1e-9);
  EXPECT_NEAR(posteriors.middle_s(2), 2.428, 1e-9);
  const TimeRegion first = posteriors.time_of({0, 1}), second = posteriors.time_of({1, 2});
  EXPECT_NEAR(first.duration_s(), kFrameS, 1e-9);
  EXPECT_NEAR(first.end_s, second.start_s, 1e-9) << "neighbours meet";
  EXPECT_NEAR(posteriors.time_of({1, 3}).end_s, 2.428 + kFrameS / 2, 1e-9);
}

TEST(Posteriors, AFrameHasItsOwnColumns) {
  Posteriors posteriors;
  posteriors.clock = {0, 1};
  for (std::size_t i = 0; i < 2 * kPosteriorColumns; ++i) {
    posteriors.ctc.push_back(static_cast<float>(i));
    posteriors.framewise.push_back(-static_cast<float>(i));
  }
  EXPECT_EQ(posteriors.ctc_at(1).size(), std::size_t{kPosteriorColumns});
  EXPECT_EQ(posteriors.ctc_at(1)[kBlankColumn], kPosteriorColumns);
  EXPECT_EQ(posteriors.framewise_at(1)[2], -(kPosteriorColumns + 2));
}

}  // namespace
}  // namespace saywell
