#include "assess/miscues.h"

#include <gtest/gtest.h>

#include "align/synthetic_posteriors.h"

namespace saywell {
namespace {

using Kind = ReadingEvent::Kind;

// The miscues of "W IY|K AO L|IH T" where `said` was said and `events` found.
Miscues miscues_of(std::string_view said, const std::vector<ReadingEvent>& events) {
  Reading reading;
  reading.variants = synthetic_variants("W IY|K AO L|IH T");
  reading.path.events = events;
  reading.tokens.resize(reading.variants.size());
  for (std::size_t e = 0; e < events.size(); ++e) {
    if (events[e].kind == Kind::kToken) reading.tokens[events[e].token].event = e;
  }
  return find_miscues(synthetic_posteriors(said), reading);
}

// What the other speech `said` between "we call" and "it" is.
ExtraEvent other_speech(std::string_view said, std::size_t rows) {
  const Miscues miscues = miscues_of("W IY K AO L " + std::string(said) + " IH T",
                                     {{Kind::kToken, 0, 0, 0, 6},
                                      {Kind::kToken, 1, 0, 6, 15},
                                      {Kind::kOtherSpeech, 2, 0, 15, 15 + rows},
                                      {Kind::kToken, 2, 0, 15 + rows, 21 + rows}});
  EXPECT_EQ(miscues.extra.size(), 1U);
  return miscues.extra.at(0);
}

TEST(Miscues, OtherSpeechIsAWordWhenItHasAVowel) {
  EXPECT_EQ(other_speech("P EH N", 9).kind, ExtraSpeech::Kind::kInsertion);
  EXPECT_EQ(other_speech("AH", 3).kind, ExtraSpeech::Kind::kInsertion);
  EXPECT_EQ(other_speech("S T", 6).kind, ExtraSpeech::Kind::kNoise);
  EXPECT_EQ(other_speech("S", 3).kind, ExtraSpeech::Kind::kNoise);
}

TEST(Miscues, OtherSpeechThatSoundsAsItsNeighbourIsARepetition) {
  const ExtraEvent whole = other_speech("K AO L", 9);
  EXPECT_EQ(whole.kind, ExtraSpeech::Kind::kRepetition);
  EXPECT_EQ(whole.said_again, 1U);
  EXPECT_EQ(whole.after, 1);
  EXPECT_EQ(other_speech("S K AO L", 12).said_again, 1U) << "but for a neighbour's phone";
}

// The miscues of "W IY|K AO L|IH T" where the second token has all rows between its neighbours.
Miscues with_wide_token(std::string_view said_within, std::size_t rows) {
  return miscues_of("W IY " + std::string(said_within) + " IH T",
                    {{Kind::kToken, 0, 0, 0, 6},
                     {Kind::kToken, 1, 0, 6, 6 + rows},
                     {Kind::kToken, 2, 0, 6 + rows, 12 + rows}});
}

TEST(Miscues, ATokenThatHidesItsFirstTryWasRepeated) {
  const Miscues miscues = with_wide_token("K AO K AO L", 15);
  EXPECT_EQ(miscues.tokens[1].miscue, Miscue::kRepetition);
  ASSERT_EQ(miscues.extra.size(), 1U);
  EXPECT_EQ(miscues.extra[0].after, 0);
  EXPECT_EQ(miscues.extra[0].said_again, 1U);
}

TEST(Miscues, ATokenThatHidesAnotherWordHasAnInsertionBesideIt) {
  const Miscues miscues = with_wide_token("N AW K AO L", 15);
  EXPECT_EQ(miscues.tokens[1].miscue, Miscue::kNone);
  ASSERT_EQ(miscues.extra.size(), 1U);
  EXPECT_EQ(miscues.extra[0].kind, ExtraSpeech::Kind::kInsertion);
  EXPECT_EQ(miscues.extra[0].after, 0);
}

}  // namespace
}  // namespace saywell
