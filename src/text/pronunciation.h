// A word's phones with the stress of its vowels, and the notations that callers may use.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/phone_set.h"
#include "saywell/status.h"

namespace saywell {

struct Pronunciation {
  std::vector<PhoneId> phones;
  std::vector<std::uint8_t>
      stress;  // one per phone: 1 primary, 2 secondary, 0 none (and consonants)

  bool operator==(const Pronunciation&) const = default;
};

// Phones given by a caller; their stress may be open.
struct GivenPhones {
  Pronunciation pronunciation;
  bool has_stress = false;  // the caller wrote a stress digit or an IPA stress mark
};

// Phones one by one, each ARPAbet in any case with or without a stress digit ("AY1", "ay") or IPA
// ("aɪ"; "ˈ" or "ˌ" in front of a phone stresses the next vowel). Code 40031 for an empty list, and
// for an unknown phone, which it names.
Result<GivenPhones> parse_phones(std::span<const std::string> phones);

// The same from one string: separated by white space, or IPA written together ("ˈlɪv").
Result<GivenPhones> parse_phone_string(std::string_view text);

// `given` with its stress completed: from the closest of `known` that has as many vowels, else
// primary on the first vowel.
Pronunciation with_stress(GivenPhones given, std::span<const Pronunciation> known);

// Levenshtein distance of two phone sequences.
std::size_t phone_distance(std::span<const PhoneId> a, std::span<const PhoneId> b);

// "K AO1 L" as "k ao1 l", or as IPA "k ɔ l" ("ˈ" before a stressed syllable of a longer word, ə and
// ɚ for unstressed ʌ and ɝ); phones are separated by one blank.
std::string arpabet_text(const Pronunciation& pronunciation);
std::string ipa_text(const Pronunciation& pronunciation);

}  // namespace saywell
