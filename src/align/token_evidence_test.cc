#include "align/token_evidence.h"

#include <gtest/gtest.h>

#include "align/testing/synthetic_posteriors.h"

namespace saywell {
namespace {

using Kind = ReadingEvent::Kind;

// "W IY|K AO L|IH T" is the text, found as these events.
Reading reading_of(const Posteriors& posteriors, const std::vector<ReadingEvent>& events) {
  Reading reading;
  reading.variants = synthetic_variants("W IY|K AO L|IH T");
  reading.path.events = events;
  reading.event_places = *place_phones(posteriors, reading.path, reading.variants);
  return reading;
}

// The evidence of `events` when `said` was said.
std::vector<float> evidence_of(std::string_view said, const std::vector<ReadingEvent>& events) {
  const Posteriors posteriors = synthetic_posteriors(said);
  return measure_token_evidence(posteriors, reading_of(posteriors, events));
}

TEST(TokenEvidence, SpeaksForTokensThatWereRead) {
  for (const float ratio : evidence_of(
           "W IY K AO L IH T",
           {{Kind::kToken, 0, 0, 0, 6}, {Kind::kToken, 1, 0, 6, 15}, {Kind::kToken, 2, 0, 15, 21}}))
    EXPECT_LT(ratio, 0);
}

TEST(TokenEvidence, SpeaksAgainstATokenThatWasNotSaid) {
  const std::vector<float> ratios = evidence_of(
      "W IY - IH T",
      {{Kind::kToken, 0, 0, 0, 6}, {Kind::kToken, 1, 0, 6, 9}, {Kind::kToken, 2, 0, 9, 15}});
  EXPECT_LT(ratios[0], 0);
  EXPECT_GT(ratios[1], 12);
  EXPECT_LT(ratios[2], 1);
}

TEST(TokenEvidence, SpeaksAgainstATokenInWhosePlaceAnotherWordWasSaid) {
  const std::vector<float> ratios = evidence_of(
      "W IY P EH N S IH T",
      {{Kind::kToken, 0, 0, 0, 6}, {Kind::kToken, 1, 0, 6, 18}, {Kind::kToken, 2, 0, 18, 24}});
  EXPECT_GT(ratios[1], 8);
}

TEST(TokenEvidence, OtherSpeechBesideATokenIsNoneOfItsOwn) {
  const std::vector<float> ratios =
      evidence_of("W IY K AO L P EH N IH T", {{Kind::kToken, 0, 0, 0, 6},
                                              {Kind::kToken, 1, 0, 6, 15},
                                              {Kind::kOtherSpeech, 2, 0, 15, 24},
                                              {Kind::kToken, 2, 0, 24, 30}});
  EXPECT_LT(ratios[1], 3);
  EXPECT_EQ(ratios[2], 0);
}

TEST(GapEvidence, SpeaksForAWordBetweenTwoTokensAndNotWhereThereIsNone) {
  const Posteriors posteriors = synthetic_posteriors("W IY K AO L P EH N IH T");
  const Reading reading = reading_of(posteriors, {{Kind::kToken, 0, 0, 0, 6},
                                                  {Kind::kToken, 1, 0, 6, 15},
                                                  {Kind::kOtherSpeech, 2, 0, 15, 24},
                                                  {Kind::kToken, 2, 0, 24, 30}});
  EXPECT_GT(measure_gap_evidence(posteriors, reading, 1, 3), 8);
  EXPECT_LT(measure_gap_evidence(posteriors, reading, 0, 1), 1);
  EXPECT_LT(measure_gap_evidence(posteriors, reading, {}, 0), 1) << "before the first";
  EXPECT_LT(measure_gap_evidence(posteriors, reading, 3, {}), 1) << "behind the last";
}

}  // namespace
}  // namespace saywell
