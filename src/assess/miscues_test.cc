#include "assess/miscues.h"

#include <gtest/gtest.h>

#include "align/testing/synthetic_posteriors.h"

namespace saywell {
namespace {

using Kind = ReadingEvent::Kind;

// "W IY|K AO L|IH T": three tokens that the judge takes for read, with nothing between.
TextVerdict all_read() { return {std::vector<WordVerdict>(3), std::vector<double>(4, 0.01)}; }

TextVerdict put_in_before(std::size_t token) {
  TextVerdict verdict = all_read();
  verdict.put_in[token] = 0.9;
  return verdict;
}

TextVerdict said_again(std::size_t token) {
  TextVerdict verdict = all_read();
  verdict.tokens[token].said_again = 0.9;
  return verdict;
}

// The miscues of the text where `said` was said and `events` found.
Miscues miscues_of(std::string_view said, const std::vector<ReadingEvent>& events,
                   const TextVerdict& verdict, std::vector<std::size_t> replaced = {}) {
  const Posteriors posteriors = synthetic_posteriors(said);
  Reading reading;
  reading.variants = synthetic_variants("W IY|K AO L|IH T");
  reading.path.events = events;
  reading.event_phones = *align_phones(posteriors, reading.path, reading.variants);
  reading.tokens.resize(reading.variants.size());
  for (std::size_t e = 0; e < events.size(); ++e) {
    if (events[e].kind == Kind::kToken) reading.tokens[events[e].token].event = e;
  }
  for (const std::size_t token : replaced) reading.tokens[token].replaced = true;
  return find_miscues(posteriors, reading, verdict);
}

// The other speech `said` between "we call" and "it", by the judge's verdict.
Miscues with_other_speech(std::string_view said, std::size_t rows, const TextVerdict& verdict,
                          std::vector<std::size_t> replaced = {}) {
  return miscues_of("W IY K AO L " + std::string(said) + " IH T",
                    {{Kind::kToken, 0, 0, 0, 6},
                     {Kind::kToken, 1, 0, 6, 15},
                     {Kind::kOtherSpeech, 2, 0, 15, 15 + rows},
                     {Kind::kToken, 2, 0, 15 + rows, 21 + rows}},
                    verdict, std::move(replaced));
}

Miscues of_plain_reading(const TextVerdict& verdict) {
  return miscues_of(
      "W IY K AO L IH T",
      {{Kind::kToken, 0, 0, 0, 6}, {Kind::kToken, 1, 0, 6, 15}, {Kind::kToken, 2, 0, 15, 21}},
      verdict);
}

TEST(Miscues, OtherSpeechIsAWordPutInWhereTheJudgeSaysSo) {
  const Miscues miscues = with_other_speech("P EH N", 9, put_in_before(2));
  ASSERT_EQ(miscues.extra.size(), 1U);
  EXPECT_EQ(miscues.extra[0].kind, ExtraSpeech::Kind::kInsertion);
  EXPECT_EQ(miscues.extra[0].after, 1);
  EXPECT_EQ(ids_of(miscues.extra[0].phones), synthetic_variants("P EH N")[0][0].phones);
  EXPECT_EQ(miscues.other_phones, 3U);
}

TEST(Miscues, OtherSpeechIsElseANoise) {
  const Miscues miscues = with_other_speech("P EH N", 9, all_read());
  ASSERT_EQ(miscues.extra.size(), 1U);
  EXPECT_EQ(miscues.extra[0].kind, ExtraSpeech::Kind::kNoise);
}

TEST(Miscues, OtherSpeechBesideATokenSaidAgainIsItsOtherTry) {
  const Miscues miscues = with_other_speech("K AO L", 9, said_again(1));
  EXPECT_EQ(miscues.tokens[1].miscue, Miscue::kRepetition);
  EXPECT_EQ(miscues.tokens[2].miscue, Miscue::kNone);
  ASSERT_EQ(miscues.extra.size(), 1U);
  EXPECT_EQ(miscues.extra[0].kind, ExtraSpeech::Kind::kRepetition);
  EXPECT_EQ(miscues.extra[0].said_again, 1U);
}

TEST(Miscues, AWordSaidInsteadOfAShorterOneIsNoMoreThanOne) {
  const Miscues miscues = with_other_speech("P EH N", 9, put_in_before(2), {1});
  EXPECT_EQ(miscues.tokens[1].miscue, Miscue::kSubstitution);
  EXPECT_TRUE(miscues.extra.empty());
}

TEST(Miscues, WhereOneTokenWasPassedOverAnotherWordMayHaveBeenSaid) {
  const std::vector<ReadingEvent> one = {{Kind::kToken, 0, 0, 0, 6}, {Kind::kToken, 2, 0, 6, 12}};
  EXPECT_EQ(miscues_of("W IY IH T", one, all_read()).tokens[1].miscue, Miscue::kOmission);
  const TokenMiscue instead = miscues_of("W IY IH T", one, put_in_before(1)).tokens[1];
  EXPECT_EQ(instead.miscue, Miscue::kSubstitution);
  EXPECT_GE(instead.rows.size(), 1U);
  const std::vector<ReadingEvent> two = {{Kind::kToken, 0, 0, 0, 6}};
  EXPECT_EQ(miscues_of("W IY", two, put_in_before(1)).tokens[1].miscue, Miscue::kOmission)
      << "one word for a line";
}

TEST(Miscues, AnEarlierTryIsARepetition) {
  const std::vector<ReadingEvent> events = {{Kind::kToken, 0, 0, 0, 6},
                                            {Kind::kToken, 1, 0, 6, 15},
                                            {Kind::kToken, 1, 0, 15, 24},
                                            {Kind::kToken, 2, 0, 24, 30}};
  const Miscues miscues = miscues_of("W IY K AO L K AO L IH T", events, said_again(1));
  EXPECT_EQ(miscues.tokens[1].miscue, Miscue::kRepetition);
  ASSERT_EQ(miscues.extra.size(), 1U);
  EXPECT_EQ(miscues.extra[0].after, 0);
  EXPECT_LT(miscues.extra[0].rows.end, 16U);
}

TEST(Miscues, WhatTheSearchDidNotFindStandsBetweenItsNeighbours) {
  const Miscues put_in = of_plain_reading(put_in_before(1));
  ASSERT_EQ(put_in.extra.size(), 1U);
  EXPECT_EQ(put_in.extra[0].kind, ExtraSpeech::Kind::kInsertion);
  EXPECT_EQ(put_in.extra[0].after, 0);
  EXPECT_GE(put_in.extra[0].rows.size(), 1U);
  const Miscues again = of_plain_reading(said_again(2));
  EXPECT_EQ(again.tokens[2].miscue, Miscue::kRepetition);
  ASSERT_EQ(again.extra.size(), 1U);
  EXPECT_EQ(again.extra[0].after, 1);
  EXPECT_TRUE(of_plain_reading(all_read()).extra.empty());
}

}  // namespace
}  // namespace saywell
