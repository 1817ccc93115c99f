// The ways to say each token of a text, for the search in a recording.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/phone_set.h"
#include "text/reference_text.h"

namespace saywell {

// One variant of one reading of a token, its words joined: the phones that are scored for it.
struct TokenVariant {
  std::vector<PhoneId> phones;
  std::vector<std::uint8_t> stress;  // one per phone: 0 none, 1 primary, 2 secondary
  std::size_t reading = 0;           // index into Token::readings
};

inline constexpr std::size_t kMaxTokenVariants = 24;

// All variants of a token, the usual ones first, no two with the same phones, at most
// kMaxTokenVariants; every reading has at least one. Readings of several words are combined. Pure.
std::vector<TokenVariant> token_variants(const Token& token);

// One list of variants per token of a text.
using TextVariants = std::vector<std::vector<TokenVariant>>;

TextVariants text_variants(const ReferenceText& text);

// The fewest phones of the whole text.
std::size_t fewest_phones(const TextVariants& text);

}  // namespace saywell
