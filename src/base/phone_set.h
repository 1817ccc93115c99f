// The 39 phones of the CMU dictionary (ARPAbet without stress digits), as small numbers.
//
// The order is alphabetical and part of the contract with the trained models: do not renumber.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace saywell {

using PhoneId = std::uint8_t;  // 0 … kPhoneCount-1
inline constexpr int kPhoneCount = 39;

std::string_view phone_name(PhoneId phone);   // "AA" … "ZH"
std::string_view phone_lower(PhoneId phone);  // "aa" … "zh"
std::string_view phone_ipa(PhoneId phone);    // "ɑ" … "ʒ" (General American)

bool is_vowel(PhoneId phone);

// ARPAbet in any letter case, with or without a stress digit 0–2 ("ah0", "AH", "Ah1"). The reduced
// "ax", "axr" and "ix" of other phone sets become "ah", "er" and "ih". nullopt for others.
std::optional<PhoneId> parse_arpabet(std::string_view text);

// One phone in IPA, as phone_ipa() writes it or a usual variant ("ɹ" or "r", "ɡ" or "g", length
// marks and tie bars ignored). nullopt for others.
std::optional<PhoneId> parse_ipa(std::string_view text);

}  // namespace saywell
