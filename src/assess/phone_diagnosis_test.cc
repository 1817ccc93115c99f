#include "assess/phone_diagnosis.h"

#include <gtest/gtest.h>

namespace saywell {
namespace {

constexpr PhoneId kAsked = 3, kOther = 7;

// The result of a phone with a score of 95, another one being likelier by `log_ratio`.
PhoneResult diagnosis_with_other(float log_ratio) {
  AlignedPhone phone;
  phone.phone = kAsked;
  phone.evidence.substitution.fill(-10);
  phone.evidence.substitution[kAsked] = 0;
  phone.evidence.substitution[kOther] = log_ratio;
  phone.evidence.omission = -10;
  phone.evidence.insertion = -10;
  return diagnose_phone(phone, 95);
}

TEST(PhoneDiagnosis, ASlightlyLikelierPhoneIsNotBelievedAgainstAGoodScore) {
  const PhoneResult result = diagnosis_with_other(2);
  EXPECT_EQ(result.error, PhoneError::kRight);
  EXPECT_EQ(result.heard.phone, phone_lower(kAsked));
  EXPECT_EQ(result.score, 95);
}

TEST(PhoneDiagnosis, AClearlyLikelierPhoneIsNamedAndTheScoreStays) {
  const PhoneResult result = diagnosis_with_other(6);
  EXPECT_EQ(result.error, PhoneError::kMisread);
  EXPECT_EQ(result.heard.phone, phone_lower(kOther));
  EXPECT_EQ(result.score, 95);
}

TEST(PhoneDiagnosis, WhereSurelyAnotherPhoneWasSaidAGoodScoreIsMarkedDown) {
  EXPECT_EQ(diagnosis_with_other(9).score, 75);
  EXPECT_EQ(diagnosis_with_other(14).score, 50);
  EXPECT_EQ(diagnosis_with_other(14).error, PhoneError::kMisread);
}

}  // namespace
}  // namespace saywell
