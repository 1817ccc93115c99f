// Signatures of 2011 and of the family today: the hexadecimal SHA-1 or SHA-256 of
// applicationId + timestamp + secret.
//
// They have no nonce: within the window a signature can be used again.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace saywell {

struct SignedClaim {
  std::string application_id;
  std::string timestamp;  // as sent: it is part of the signed text
  std::string signature;  // 40 or 64 hexadecimal digits, any case
};

// Seconds (up to 11 digits) or milliseconds (12 to 15 digits) since 1970, as milliseconds; nullopt
// for anything else.
std::optional<std::int64_t> parse_timestamp_ms(std::string_view text);

enum class SignatureVerdict { kValid, kBadTimestamp, kOutsideWindow, kWrong };

// `window_ms` in both directions of `now_ms`. Compares in constant time.
SignatureVerdict check_signature(const SignedClaim& claim, std::string_view secret,
                                 std::int64_t now_ms, std::int64_t window_ms);

// For a client: its `signature` (SHA-256).
std::string sign(std::string_view application_id, std::string_view timestamp,
                 std::string_view secret);

}  // namespace saywell
