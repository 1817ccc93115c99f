#include "recognise/beam_search.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>

namespace saywell {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Tokens = std::vector<TokenId>;

constexpr std::size_t kVocabulary = 10;
constexpr TokenId kA = 3, kB = 4, kC = 5;

// A decoder of few tokens: what may follow a hypothesis is given by its last tokens.
class SyntheticDecoder : public NextTokens {
 public:
  // After the sequence `so_far`, `token` has this probability; what is not given has 1e-6.
  void set(const Tokens& so_far, TokenId token, float probability) {
    probabilities_[so_far][token] = probability;
  }

  Result<std::span<const float>> next(std::span<const BeamRow> rows) override {
    ++steps;
    std::vector<Tokens> grown;
    values_.clear();
    for (const BeamRow& row : rows) {
      Tokens tokens = steps == 1 ? Tokens() : histories_.at(row.parent);
      if (steps > 1) tokens.push_back(row.token);
      const auto& known = probabilities_[tokens];
      for (std::size_t token = 0; token < kVocabulary; ++token) {
        const auto found = known.find(static_cast<TokenId>(token));
        values_.push_back(std::log(found == known.end() ? 1e-6F : found->second));
      }
      grown.push_back(std::move(tokens));
    }
    histories_ = std::move(grown);
    return std::span<const float>(values_);
  }
  std::size_t vocabulary_size() const override { return kVocabulary; }

  int steps = 0;

 private:
  std::map<Tokens, std::map<TokenId, float>> probabilities_;
  std::vector<Tokens> histories_;
  std::vector<float> values_;
};

// The likeliest first token leads to a bad end; the second likeliest to a good one.
SyntheticDecoder garden_path() {
  SyntheticDecoder decoder;
  decoder.set({}, kA, 0.6F);
  decoder.set({}, kB, 0.4F);
  decoder.set({kA}, kC, 0.3F);
  decoder.set({kA, kC}, kEndToken, 0.5F);
  decoder.set({kB}, kEndToken, 0.9F);
  return decoder;
}

TEST(BeamSearch, GreedyTakesTheLikeliestToken) {
  SyntheticDecoder decoder = garden_path();
  const auto found = beam_search(decoder, {});
  ASSERT_TRUE(found.ok());
  ASSERT_THAT(*found, SizeIs(1));
  EXPECT_THAT(found->front().tokens, ElementsAre(kA, kC));
  EXPECT_THAT(found->front().log_probs, SizeIs(3));
  EXPECT_NEAR(found->front().mean_log_prob(), std::log(0.6F * 0.3F * 0.5F) / 3, 1e-5);
}

TEST(BeamSearch, ABeamFindsTheLikeliestSequence) {
  SyntheticDecoder decoder = garden_path();
  const auto found = beam_search(decoder, {.width = 2});
  ASSERT_THAT(*found, SizeIs(2));
  EXPECT_THAT((*found)[0].tokens, ElementsAre(kB));
  EXPECT_THAT((*found)[1].tokens, ElementsAre(kA, kC));
  EXPECT_NEAR((*found)[0].score, std::log(0.4F * 0.9F) / 2, 1e-5);
}

TEST(BeamSearch, LongSequencesAreComparedByToken) {
  SyntheticDecoder decoder;
  decoder.set({}, kA, 0.5F);
  decoder.set({}, kEndToken, 0.4F);
  Tokens so_far = {kA};
  for (int i = 0; i < 5; ++i) {
    const TokenId next = i % 2 == 0 ? kB : kC;
    decoder.set(so_far, next, 0.8F);
    so_far.push_back(next);
  }
  decoder.set(so_far, kEndToken, 0.8F);
  SyntheticDecoder again = decoder;
  EXPECT_THAT(beam_search(decoder, {.width = 2, .length_power = 1})->front().tokens, SizeIs(6));
  EXPECT_THAT(beam_search(again, {.width = 2, .length_power = 0})->front().tokens, IsEmpty());
}

TEST(BeamSearch, AnEmptyOutputCanBeForbidden) {
  SyntheticDecoder decoder;
  decoder.set({}, kEndToken, 0.9F);
  decoder.set({}, kA, 0.1F);
  decoder.set({kA}, kEndToken, 0.9F);
  SyntheticDecoder again = decoder;
  EXPECT_THAT(beam_search(decoder, {})->front().tokens, IsEmpty());
  EXPECT_THAT(beam_search(again, {.allow_empty = false})->front().tokens, ElementsAre(kA));
}

TEST(BeamSearch, AConstraintLeavesNothingElse) {
  SyntheticDecoder decoder = garden_path();
  const Tokens only = {kA, kC, kC};
  const BeamOptions options{.width = 3, .allowed = [&](std::span<const TokenId> so_far, TokenId t) {
                              return so_far.size() == only.size() ? t == kEndToken
                                                                  : t == only[so_far.size()];
                            }};
  const auto found = beam_search(decoder, options);
  ASSERT_THAT(*found, SizeIs(1));
  EXPECT_EQ(found->front().tokens, only);
  SyntheticDecoder again = garden_path();
  const BeamOptions nothing{.allowed = [](std::span<const TokenId>, TokenId) { return false; }};
  EXPECT_THAT(*beam_search(again, nothing), IsEmpty());
}

TEST(BeamSearch, ALoopEndsWithoutItsRepeats) {
  SyntheticDecoder decoder;
  Tokens so_far;
  for (int i = 0; i < 40; ++i) {
    decoder.set(so_far, i % 2 == 0 ? kA : kB, 0.99F);
    so_far.push_back(i % 2 == 0 ? kA : kB);
  }
  const auto found = beam_search(decoder, {});
  ASSERT_THAT(*found, SizeIs(1));
  EXPECT_TRUE(found->front().looped);
  EXPECT_THAT(found->front().tokens, ElementsAre(kA, kB));
  EXPECT_LT(decoder.steps, 15);
}

TEST(BeamSearch, WhatIsTooLongIsCutOffAndComesLast) {
  SyntheticDecoder decoder;
  decoder.set({}, kA, 0.9F);
  decoder.set({kA}, kB, 0.9F);
  decoder.set({kA, kB}, kC, 0.9F);
  decoder.set({}, kC, 0.05F);
  decoder.set({kC}, kEndToken, 0.5F);
  const auto found = beam_search(decoder, {.width = 2, .max_tokens = 3});
  ASSERT_THAT(*found, SizeIs(2));
  EXPECT_THAT((*found)[0].tokens, ElementsAre(kC));
  EXPECT_TRUE((*found)[1].cut_off);
}

TEST(BeamSearch, ThePassedDeadlineEndsIt) {
  SyntheticDecoder decoder = garden_path();
  const Deadline passed(Deadline::Clock::now() - std::chrono::seconds(1));
  EXPECT_EQ(beam_search(decoder, {}, passed).status().code(), Code::kTimeout);
  EXPECT_EQ(decoder.steps, 0);
}

TEST(LengthWithoutLoop, KeepsOneRunOfARepeatedEnd) {
  EXPECT_EQ(length_without_loop(Tokens{7, 3, 4, 5, 3, 4, 5, 3, 4, 5, 3, 4, 5}), 4U);
  EXPECT_EQ(length_without_loop(Tokens(12, 3)), 1U);
}

TEST(LengthWithoutLoop, KeepsWhatPeopleRepeat) {
  EXPECT_EQ(length_without_loop(Tokens{3, 4, 3, 4, 3, 4, 3, 4}), 8U);  // "no, no, no, no"
  EXPECT_EQ(length_without_loop(Tokens{3, 4, 5, 6, 7, 8, 3, 4, 5, 6, 7, 8}), 12U);
  EXPECT_EQ(length_without_loop(Tokens{}), 0U);
}

}  // namespace
}  // namespace saywell
