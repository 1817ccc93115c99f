#include "store/signature.h"

#include <algorithm>
#include <charconv>

#include "base/digest.h"
#include "store/crypto/hashes.h"

namespace saywell {
namespace {

constexpr std::size_t kMaxSecondsDigits = 11;
constexpr std::size_t kSha1Digits = 40;
constexpr std::size_t kSha256Digits = 64;
constexpr std::size_t kMaxMillisecondsDigits = 15;

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& letter : out) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return out;
}

}  // namespace

std::optional<std::int64_t> parse_timestamp_ms(std::string_view text) {
  const auto is_digit = [](char letter) { return letter >= '0' && letter <= '9'; };
  if (text.empty() || text.size() > kMaxMillisecondsDigits) return std::nullopt;
  if (!std::all_of(text.begin(), text.end(), is_digit)) return std::nullopt;
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return text.size() <= kMaxSecondsDigits ? number * 1000 : number;
}

SignatureVerdict check_signature(const SignedClaim& claim, std::string_view secret,
                                 std::int64_t now_ms, std::int64_t window_ms) {
  const std::optional<std::int64_t> at_ms = parse_timestamp_ms(claim.timestamp);
  if (!at_ms) return SignatureVerdict::kBadTimestamp;
  const std::string given = lower(claim.signature);
  const std::string text = claim.application_id + claim.timestamp + std::string(secret);
  // An empty digest (of a kind the system forbids) must not equal an empty signature.
  if (given.size() != kSha1Digits && given.size() != kSha256Digits) return SignatureVerdict::kWrong;
  const bool is_sha256 = equal_in_constant_time(given, sha256_hex(text));
  const bool is_sha1 = equal_in_constant_time(given, sha1_hex(text));
  if (!is_sha256 && !is_sha1) return SignatureVerdict::kWrong;
  // The time is checked last, so that only clients with the secret learn how the clocks differ.
  const std::int64_t apart_ms = *at_ms > now_ms ? *at_ms - now_ms : now_ms - *at_ms;
  return apart_ms <= window_ms ? SignatureVerdict::kValid : SignatureVerdict::kOutsideWindow;
}

std::string sign(std::string_view application_id, std::string_view timestamp,
                 std::string_view secret) {
  std::string text(application_id);
  text += timestamp;
  text += secret;
  return sha256_hex(text);
}

}  // namespace saywell
