#include "align/phone_evidence.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "align/testing/synthetic_alignment.h"
#include "align/testing/synthetic_posteriors.h"

namespace saywell {
namespace {

// The evidence in the frames of each phone of the token `asked`, where `heard` was said.
std::vector<PhoneEvidence> evidence_of(std::string_view heard, std::string_view asked) {
  const Posteriors posteriors = synthetic_posteriors(heard);
  const Alignment alignment =
      synthetic_alignment(posteriors, asked, {said(0, {0, posteriors.frame_count()})});
  std::vector<PhoneId> phones;
  std::vector<FrameSpan> frames;
  for (const AlignedPhone& phone : alignment.phones(0)) {
    phones.push_back(phone.phone);
    frames.push_back(phone.frames);
  }
  return measure_phone_evidence(posteriors, phones, frames);
}

PhoneId likeliest(const PhoneEvidence& evidence) {
  return static_cast<PhoneId>(
      std::max_element(evidence.substitution.begin(), evidence.substitution.end()) -
      evidence.substitution.begin());
}

TEST(PhoneEvidence, OfAPhoneSaidRightNothingElseIsLikelier) {
  const auto evidence = evidence_of("TH IH NG K", "TH IH NG K");
  for (const PhoneEvidence& phone : evidence) {
    EXPECT_LE(*std::max_element(phone.substitution.begin(), phone.substitution.end()), 0);
    EXPECT_LT(phone.omission, 0);
    EXPECT_LT(phone.insertion, 0);
  }
}

TEST(PhoneEvidence, ASubstitutedPhoneIsNamedAndItsNeighboursStayRight) {
  const auto evidence = evidence_of("S IH NG K", "TH IH NG K");
  EXPECT_EQ(likeliest(evidence[0]), *parse_arpabet("S"));
  EXPECT_GT(evidence[0].substitution[*parse_arpabet("S")], 3);
  EXPECT_EQ(likeliest(evidence[1]), *parse_arpabet("IH"));
  EXPECT_EQ(likeliest(evidence[3]), *parse_arpabet("K"));
}

TEST(PhoneEvidence, AMissingFinalPhoneIsAnOmission) {
  const auto evidence = evidence_of("K AO - -", "K AO L");
  EXPECT_GT(evidence[2].omission, 3);
  EXPECT_LT(evidence[1].omission, 0);
}

TEST(PhoneEvidence, AnInsertedPhoneIsFoundAfterTheOneBeforeIt) {
  const auto evidence = evidence_of("B EH G AH T", "B EH G T");
  EXPECT_GT(evidence[2].insertion, 3);
  EXPECT_EQ(evidence[2].likeliest_inserted, *parse_arpabet("AH"));
  EXPECT_LT(evidence[0].insertion, 0);
}

}  // namespace
}  // namespace saywell
