#include "align/token_evidence.h"

#include <gtest/gtest.h>

#include "align/testing/synthetic_alignment.h"
#include "align/testing/synthetic_posteriors.h"

namespace saywell {
namespace {

constexpr const char* kText = "W IY|K AO L|IH T";

// The evidence of `events` of the text where `heard` was said.
std::vector<float> evidence_of(std::string_view heard, const std::vector<PathEvent>& events) {
  const Posteriors posteriors = synthetic_posteriors(heard);
  std::vector<float> evidence;
  const Alignment alignment = synthetic_alignment(posteriors, kText, events);
  for (const AlignedEvent& event : alignment.events()) evidence.push_back(event.evidence);
  return evidence;
}

TEST(TokenEvidence, SpeaksForTokensThatWereRead) {
  for (const float ratio :
       evidence_of("W IY K AO L IH T", {said(0, {0, 6}), said(1, {6, 15}), said(2, {15, 21})}))
    EXPECT_LT(ratio, 0);
}

TEST(TokenEvidence, SpeaksAgainstATokenThatWasNotSaid) {
  const std::vector<float> ratios =
      evidence_of("W IY - IH T", {said(0, {0, 6}), said(1, {6, 9}), said(2, {9, 15})});
  EXPECT_LT(ratios[0], 0);
  EXPECT_GT(ratios[1], 12);
  EXPECT_LT(ratios[2], 1);
}

TEST(TokenEvidence, SpeaksAgainstATokenInWhosePlaceAnotherWordWasSaid) {
  const std::vector<float> ratios =
      evidence_of("W IY P EH N S IH T", {said(0, {0, 6}), said(1, {6, 18}), said(2, {18, 24})});
  EXPECT_GT(ratios[1], 8);
}

TEST(TokenEvidence, OtherSpeechBesideATokenIsNoneOfItsOwn) {
  const std::vector<float> ratios = evidence_of(
      "W IY K AO L P EH N IH T",
      {said(0, {0, 6}), said(1, {6, 15}), other_speech(2, {15, 24}), said(2, {24, 30})});
  EXPECT_LT(ratios[1], 3);
  EXPECT_EQ(ratios[2], 0);
}

TEST(GapEvidence, SpeaksForAWordBetweenTwoTokensAndNotWhereThereIsNone) {
  const Posteriors posteriors = synthetic_posteriors("W IY K AO L P EH N IH T");
  const Alignment alignment = synthetic_alignment(
      posteriors, kText,
      {said(0, {0, 6}), said(1, {6, 15}), other_speech(2, {15, 24}), said(2, {24, 30})});
  const auto evidence = [&](std::size_t event) {
    return measure_gap_evidence(posteriors, alignment.events(), alignment.gap(event));
  };
  EXPECT_LT(evidence(0), 1) << "before the first";
  EXPECT_LT(evidence(1), 1);
  EXPECT_GT(evidence(2), 8);
  EXPECT_GT(evidence(3), 8) << "the same gap, from its other end";
  EXPECT_LT(evidence(4), 1) << "behind the last";
}

}  // namespace
}  // namespace saywell
