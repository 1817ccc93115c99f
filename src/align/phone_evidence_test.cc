#include "align/phone_evidence.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "align/testing/synthetic_posteriors.h"

namespace saywell {
namespace {

std::vector<PhoneEvidence> evidence_of(std::string_view said, std::string_view asked) {
  const Posteriors posteriors = synthetic_posteriors(said);
  const auto tokens = synthetic_variants(asked);
  const auto rows = align_phones(posteriors, find_reading_path(posteriors, tokens), tokens);
  EXPECT_TRUE(rows.ok());
  EXPECT_EQ(rows->size(), 1U);
  return measure_phone_evidence(posteriors, tokens[0][0].phones, rows->front());
}

PhoneId likeliest(const PhoneEvidence& evidence) {
  return static_cast<PhoneId>(std::max_element(evidence.replaced.begin(), evidence.replaced.end()) -
                              evidence.replaced.begin());
}

TEST(PhoneEvidence, OfAPhoneSaidRightNothingElseIsLikelier) {
  const auto evidence = evidence_of("TH IH NG K", "TH IH NG K");
  for (const PhoneEvidence& phone : evidence) {
    EXPECT_LE(*std::max_element(phone.replaced.begin(), phone.replaced.end()), 0);
    EXPECT_LT(phone.left_out, 0);
    EXPECT_LT(phone.added_after, 0);
  }
}

TEST(PhoneEvidence, AReplacedPhoneIsNamedAndItsNeighboursStayRight) {
  const auto evidence = evidence_of("S IH NG K", "TH IH NG K");
  EXPECT_EQ(likeliest(evidence[0]), *parse_arpabet("S"));
  EXPECT_GT(evidence[0].replaced[*parse_arpabet("S")], 3);
  EXPECT_EQ(likeliest(evidence[1]), *parse_arpabet("IH"));
  EXPECT_EQ(likeliest(evidence[3]), *parse_arpabet("K"));
}

TEST(PhoneEvidence, AMissingFinalPhoneIsLeftOut) {
  const auto evidence = evidence_of("K AO - -", "K AO L");
  EXPECT_GT(evidence[2].left_out, 3);
  EXPECT_LT(evidence[1].left_out, 0);
}

TEST(PhoneEvidence, AnAddedPhoneIsFoundAfterTheOneBeforeIt) {
  const auto evidence = evidence_of("B EH G AH T", "B EH G T");
  EXPECT_GT(evidence[2].added_after, 3);
  EXPECT_EQ(evidence[2].likeliest_added, *parse_arpabet("AH"));
  EXPECT_LT(evidence[0].added_after, 0);
}

}  // namespace
}  // namespace saywell
