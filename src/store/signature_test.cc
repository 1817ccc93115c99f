#include "store/signature.h"

#include <gtest/gtest.h>

#include "base/digest.h"

namespace saywell {
namespace {

constexpr std::int64_t kNow_ms = 1'700'000'000'000;
constexpr std::int64_t kWindow_ms = 300'000;

SignedClaim claim_at(const std::string& timestamp) {
  return {"app1", timestamp, sha1_hex("app1" + timestamp + "secret")};
}

TEST(Signature, TakesBothDigestsAndAnyCase) {
  SignedClaim claim = claim_at("1700000000");
  EXPECT_EQ(check_signature(claim, "secret", kNow_ms, kWindow_ms), SignatureVerdict::kValid);
  claim.signature = sign("app1", "1700000000", "secret");
  EXPECT_EQ(claim.signature.size(), 64u);
  EXPECT_EQ(check_signature(claim, "secret", kNow_ms, kWindow_ms), SignatureVerdict::kValid);
  for (char& letter : claim.signature) letter = static_cast<char>(std::toupper(letter));
  EXPECT_EQ(check_signature(claim, "secret", kNow_ms, kWindow_ms), SignatureVerdict::kValid);
}

TEST(Signature, RefusesWhatIsNotSignedWithTheSecret) {
  SignedClaim claim = claim_at("1700000000");
  EXPECT_EQ(check_signature(claim, "other", kNow_ms, kWindow_ms), SignatureVerdict::kWrong);
  claim.application_id = "app2";
  EXPECT_EQ(check_signature(claim, "secret", kNow_ms, kWindow_ms), SignatureVerdict::kWrong);
  claim = claim_at("1700000000");
  claim.timestamp = "1700000001";
  EXPECT_EQ(check_signature(claim, "secret", kNow_ms, kWindow_ms), SignatureVerdict::kWrong);
  for (const std::string& signature :
       {std::string(), std::string("00"), std::string(40, '0'), std::string("secret")}) {
    claim.signature = signature;
    EXPECT_EQ(check_signature(claim, "secret", kNow_ms, kWindow_ms), SignatureVerdict::kWrong);
  }
}

TEST(Signature, TheWindowIsClosedOnBothSides) {
  const auto verdict = [](std::int64_t at_ms) {
    return check_signature(claim_at(std::to_string(at_ms)), "secret", kNow_ms, kWindow_ms);
  };
  EXPECT_EQ(verdict(kNow_ms - kWindow_ms), SignatureVerdict::kValid);
  EXPECT_EQ(verdict(kNow_ms - kWindow_ms - 1), SignatureVerdict::kOutsideWindow);
  EXPECT_EQ(verdict(kNow_ms + kWindow_ms), SignatureVerdict::kValid);
  EXPECT_EQ(verdict(kNow_ms + kWindow_ms + 1), SignatureVerdict::kOutsideWindow);
  EXPECT_EQ(verdict(0), SignatureVerdict::kOutsideWindow);
}

TEST(Signature, TimestampsInSecondsAndMilliseconds) {
  EXPECT_EQ(parse_timestamp_ms("1700000000"), 1'700'000'000'000);
  EXPECT_EQ(parse_timestamp_ms("1700000000123"), 1'700'000'000'123);
  EXPECT_EQ(parse_timestamp_ms("999999999999999"), 999'999'999'999'999);
  for (const char* text : {"", "-1", "+1", "1.5", "1e9", " 1", "1700000000 ", "0x10",
                           "1234567890123456", "99999999999999999999"}) {
    EXPECT_EQ(parse_timestamp_ms(text), std::nullopt) << text;
    EXPECT_EQ(check_signature(claim_at(text), "secret", kNow_ms, kWindow_ms),
              SignatureVerdict::kBadTimestamp);
  }
}

}  // namespace
}  // namespace saywell
