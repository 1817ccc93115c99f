#include "assess/phone_verdicts.h"

#include <gtest/gtest.h>

namespace saywell {
namespace {

constexpr PhoneId kAsked = 3, kOther = 7;

// Verdict on a phone with a score of 95, another one being likelier by `log_ratio`.
PhoneResult judge_with_other(float log_ratio) {
  ReadPhone phone;
  phone.phone = kAsked;
  phone.evidence.replaced.fill(-10);
  phone.evidence.replaced[kAsked] = 0;
  phone.evidence.replaced[kOther] = log_ratio;
  phone.evidence.left_out = -10;
  phone.evidence.added_after = -10;
  return judge_phone(phone, 95);
}

TEST(PhoneVerdict, ASlightlyLikelierPhoneIsNotBelievedAgainstAGoodScore) {
  const PhoneResult result = judge_with_other(2);
  EXPECT_EQ(result.error, PhoneError::kRight);
  EXPECT_EQ(result.heard.phone, phone_lower(kAsked));
  EXPECT_EQ(result.score, 95);
}

TEST(PhoneVerdict, AClearlyLikelierPhoneIsNamedAndTheScoreStays) {
  const PhoneResult result = judge_with_other(6);
  EXPECT_EQ(result.error, PhoneError::kMisread);
  EXPECT_EQ(result.heard.phone, phone_lower(kOther));
  EXPECT_EQ(result.score, 95);
}

TEST(PhoneVerdict, WhereSurelyAnotherPhoneWasSaidAGoodScoreIsMarkedDown) {
  EXPECT_EQ(judge_with_other(9).score, 75);
  EXPECT_EQ(judge_with_other(14).score, 50);
  EXPECT_EQ(judge_with_other(14).error, PhoneError::kMisread);
}

}  // namespace
}  // namespace saywell
