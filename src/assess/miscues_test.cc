#include "assess/miscues.h"

#include <gtest/gtest.h>

#include "align/testing/synthetic_alignment.h"
#include "align/testing/synthetic_posteriors.h"

namespace saywell {
namespace {

constexpr const char* kText = "W IY|K AO L|IH T";

// Three tokens that the classifier takes for read, with nothing between.
TextMiscueProbabilities all_read() {
  return {std::vector<WordMiscues>(3), std::vector<double>(4, 0.01)};
}

TextMiscueProbabilities insertion_before(std::size_t token) {
  TextMiscueProbabilities probabilities = all_read();
  probabilities.insertions[token] = 0.9;
  return probabilities;
}

TextMiscueProbabilities repetition_of(std::size_t token) {
  TextMiscueProbabilities probabilities = all_read();
  probabilities.tokens[token].repetition = 0.9;
  return probabilities;
}

// The miscues of the text where `heard` was said and `events` found.
Miscues miscues_of(std::string_view heard, const std::vector<PathEvent>& events,
                   const TextMiscueProbabilities& probabilities) {
  const Posteriors posteriors = synthetic_posteriors(heard);
  return find_miscues(posteriors, synthetic_alignment(posteriors, kText, events), probabilities);
}

// The other speech `heard`, in three phones, between "we call" and "it".
Miscues with_other_speech(std::string_view heard, const TextMiscueProbabilities& probabilities) {
  return miscues_of(
      "W IY K AO L " + std::string(heard) + " IH T",
      {said(0, {0, 6}), said(1, {6, 15}), other_speech(2, {15, 24}), said(2, {24, 30})},
      probabilities);
}

Miscues of_plain_reading(const TextMiscueProbabilities& probabilities) {
  return miscues_of("W IY K AO L IH T", {said(0, {0, 6}), said(1, {6, 15}), said(2, {15, 21})},
                    probabilities);
}

TEST(Miscues, OtherSpeechIsAnInsertionWhereTheClassifierSaysSo) {
  const Miscues miscues = with_other_speech("P EH N", insertion_before(2));
  ASSERT_EQ(miscues.extra.size(), 1U);
  EXPECT_EQ(miscues.extra[0].kind, ExtraSpeech::Kind::kInsertion);
  EXPECT_EQ(miscues.extra[0].after, 1);
  EXPECT_EQ(ids_of(miscues.extra[0].phones), synthetic_text("P EH N")[0][0].phones);
  EXPECT_EQ(miscues.other_phones, 3U);
}

TEST(Miscues, OtherSpeechIsElseANoise) {
  const Miscues miscues = with_other_speech("P EH N", all_read());
  ASSERT_EQ(miscues.extra.size(), 1U);
  EXPECT_EQ(miscues.extra[0].kind, ExtraSpeech::Kind::kNoise);
}

TEST(Miscues, OtherSpeechBesideARepeatedTokenIsItsOtherAttempt) {
  const Miscues miscues = with_other_speech("K AO L", repetition_of(1));
  EXPECT_EQ(miscues.tokens[1].miscue, Miscue::kRepetition);
  EXPECT_EQ(miscues.tokens[2].miscue, Miscue::kNone);
  ASSERT_EQ(miscues.extra.size(), 1U);
  EXPECT_EQ(miscues.extra[0].kind, ExtraSpeech::Kind::kRepetition);
  EXPECT_EQ(miscues.extra[0].attempted_token, 1U);
}

TEST(Miscues, AWordSaidInsteadOfAShorterOneIsNoMoreThanOne) {
  const Miscues miscues = miscues_of(
      "W IY K AO L P EH N IH T",
      {said(0, {0, 6}), said_instead(1, {6, 15}), other_speech(2, {15, 24}), said(2, {24, 30})},
      insertion_before(2));
  EXPECT_EQ(miscues.tokens[1].miscue, Miscue::kSubstitution);
  EXPECT_TRUE(miscues.extra.empty());
}

TEST(Miscues, WhereOneTokenWasPassedOverAnotherWordMayHaveBeenSaid) {
  const std::vector<PathEvent> one = {said(0, {0, 6}), said(2, {6, 12})};
  EXPECT_EQ(miscues_of("W IY IH T", one, all_read()).tokens[1].miscue, Miscue::kOmission);
  const TokenMiscue instead = miscues_of("W IY IH T", one, insertion_before(1)).tokens[1];
  EXPECT_EQ(instead.miscue, Miscue::kSubstitution);
  EXPECT_GE(instead.frames.size(), 1U);
  const std::vector<PathEvent> two = {said(0, {0, 6})};
  EXPECT_EQ(miscues_of("W IY", two, insertion_before(1)).tokens[1].miscue, Miscue::kOmission)
      << "one word for a line";
}

TEST(Miscues, AnEarlierAttemptIsARepetition) {
  const Miscues miscues = miscues_of(
      "W IY K AO L K AO L IH T",
      {said(0, {0, 6}), said(1, {6, 15}), said(1, {15, 24}), said(2, {24, 30})}, repetition_of(1));
  EXPECT_EQ(miscues.tokens[1].miscue, Miscue::kRepetition);
  ASSERT_EQ(miscues.extra.size(), 1U);
  EXPECT_EQ(miscues.extra[0].after, 0);
  EXPECT_LT(miscues.extra[0].frames.end, 16U);
}

TEST(Miscues, WhatTheSearchDidNotFindIsBetweenItsNeighbours) {
  const Miscues insertion = of_plain_reading(insertion_before(1));
  ASSERT_EQ(insertion.extra.size(), 1U);
  EXPECT_EQ(insertion.extra[0].kind, ExtraSpeech::Kind::kInsertion);
  EXPECT_EQ(insertion.extra[0].after, 0);
  EXPECT_GE(insertion.extra[0].frames.size(), 1U);
  const Miscues repetition = of_plain_reading(repetition_of(2));
  EXPECT_EQ(repetition.tokens[2].miscue, Miscue::kRepetition);
  ASSERT_EQ(repetition.extra.size(), 1U);
  EXPECT_EQ(repetition.extra[0].after, 1);
  EXPECT_TRUE(of_plain_reading(all_read()).extra.empty());
}

}  // namespace
}  // namespace saywell
