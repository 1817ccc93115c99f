#include "recognise/token_decoder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "audio/media_to_pcm.h"
#include "recognise/test_models.h"

namespace saywell {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr char kSpeech[] =
    "/usr/share/pocketsphinx/test/data/librivox/sense_and_sensibility_01_austen_64kb-0930.wav";
constexpr char kText[] = "He might even have been made amiable himself.";

const TokenDecoder& decoder() {
  static const Result<TokenDecoder> loaded = TokenDecoder::load(test_model_dir());
  return *loaded;
}

const Embeddings& embeddings() {
  static const Embeddings value = [] {
    const auto recording = media_file_to_pcm(kSpeech);
    const auto encoder = Encoder::load(test_model_dir());
    const SpeechChunk whole{0, recording->samples.size()};
    return encoder->pcm_to_embeddings(recording->samples, {&whole, 1})->front();
  }();
  return value;
}

DecoderUtterance utterance() { return *decoder().begin_utterance(embeddings()); }

TEST(TokenDecoder, WritesDownWhatWasRead) {
  DecoderUtterance speech = utterance();
  const auto found = beam_search(speech, {});
  ASSERT_TRUE(found.ok()) << found.status().message();
  EXPECT_EQ(test_vocabulary().tokens_to_text(found->front().tokens), kText);
  EXPECT_GT(found->front().mean_log_prob(), -0.2F);
}

TEST(TokenDecoder, TheBeamsFirstIsNoWorseThanTheGreedyOne) {
  DecoderUtterance greedy = utterance(), wide = utterance();
  const auto one = beam_search(greedy, {});
  const auto four = beam_search(wide, {.width = 4});
  ASSERT_TRUE(four.ok()) << four.status().message();
  EXPECT_THAT(*four, SizeIs(4));
  EXPECT_GE(four->front().score, one->front().score - 0.02F);
  EXPECT_EQ(test_vocabulary().tokens_to_text(four->front().tokens), kText);
}

TEST(TokenDecoder, ForcedTextsHaveTheLogProbsOfTheSearch) {
  DecoderUtterance speech = utterance();
  const auto found = beam_search(speech, {});
  const std::vector<std::vector<TokenId>> texts = {
      found->front().tokens, test_vocabulary().text_to_tokens("Something else was said."), {}};
  const auto scores = utterance().score_texts(texts);
  ASSERT_TRUE(scores.ok()) << scores.status().message();
  ASSERT_THAT(*scores, SizeIs(3));
  ASSERT_EQ((*scores)[0].size(), found->front().log_probs.size());
  const auto mean = [](const std::vector<float>& values) {
    return std::accumulate(values.begin(), values.end(), 0.0F) / static_cast<float>(values.size());
  };
  // Activations are scaled to integers per run, so that the two differ a little.
  EXPECT_NEAR(mean((*scores)[0]), found->front().mean_log_prob(), 0.05);
  EXPECT_LT(mean((*scores)[1]), -2.0F);
  EXPECT_THAT((*scores)[2], SizeIs(1));
}

TEST(TokenDecoder, ARowOfProbabilitiesSumsToOne) {
  DecoderUtterance speech = utterance();
  const BeamRow start;
  const auto log_probs = speech.next({&start, 1});
  ASSERT_TRUE(log_probs.ok());
  ASSERT_EQ(log_probs->size(), speech.vocabulary_size());
  double sum = 0;
  for (const float log_prob : *log_probs) sum += std::exp(static_cast<double>(log_prob));
  EXPECT_NEAR(sum, 1, 1e-3);
}

TEST(TokenDecoder, TheMissingFileIsNamed) {
  const auto missing = TokenDecoder::load("/nonexistent");
  EXPECT_EQ(missing.status().code(), Code::kKernelUnavailable);
  EXPECT_THAT(missing.status().detail(), HasSubstr("moonshine_base_decoder.onnx"));
}

}  // namespace
}  // namespace saywell
