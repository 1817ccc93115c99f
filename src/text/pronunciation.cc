#include "text/pronunciation.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/edit_distance.h"
#include "text/unicode_text.h"

namespace saywell {
namespace {

constexpr std::string_view kPrimary = "ˈ";
constexpr std::string_view kSecondary = "ˌ";
constexpr std::size_t kLongestIpaBytes = 8;  // "t͡ʃ" is 5, a long tied diphthong 8

bool take_prefix(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

// Collects phones; a stress mark applies to the next vowel.
class PhoneList {
 public:
  void mark_stress(std::uint8_t stress) {
    waiting_ = stress;
    given_.has_stress = true;
  }

  void add(PhoneId phone, std::optional<std::uint8_t> digit) {
    std::uint8_t stress = 0;
    if (is_vowel(phone)) {
      stress = digit.value_or(waiting_);
      waiting_ = 0;
      given_.has_stress = given_.has_stress || digit.has_value();
    }
    given_.pronunciation.phones.push_back(phone);
    given_.pronunciation.stress.push_back(stress);
  }

  GivenPhones take() { return std::move(given_); }

 private:
  GivenPhones given_;
  std::uint8_t waiting_ = 0;
};

Status unknown_phone(std::string_view text) {
  return Status(Code::kBadParameter, "phones",
                "'" + shortened(text) + "' is no phone of ARPAbet or IPA");
}

std::string_view take_stress_marks(std::string_view text, PhoneList& list) {
  while (true) {
    if (take_prefix(text, kPrimary)) {
      list.mark_stress(1);
    } else if (take_prefix(text, kSecondary)) {
      list.mark_stress(2);
    } else {
      return text;
    }
  }
}

bool add_phone(std::string_view text, PhoneList& list) {
  const std::string_view bare = take_stress_marks(text, list);
  if (const auto phone = parse_arpabet(bare)) {
    const char last = bare.back();
    const bool has_digit = last >= '0' && last <= '2';
    list.add(*phone,
             has_digit ? std::optional(static_cast<std::uint8_t>(last - '0')) : std::nullopt);
    return true;
  }
  if (const auto phone = parse_ipa(bare)) {
    list.add(*phone, std::nullopt);
    return true;
  }
  return false;
}

// IPA without blanks, longest phone first.
bool add_joined_ipa(std::string_view text, PhoneList& list) {
  while (!(text = take_stress_marks(text, list)).empty()) {
    std::size_t size = std::min(text.size(), kLongestIpaBytes);
    while (size > 0 && !parse_ipa(text.substr(0, size))) --size;
    if (size == 0) return false;
    list.add(*parse_ipa(text.substr(0, size)), std::nullopt);
    text.remove_prefix(size);
  }
  return true;
}

bool has_non_ascii(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

Result<GivenPhones> checked(PhoneList list) {
  GivenPhones given = list.take();
  if (given.pronunciation.phones.empty())
    return Status(Code::kBadParameter, "phones", "an empty list");
  return given;
}

std::size_t vowel_count(const Pronunciation& pronunciation) {
  return static_cast<std::size_t>(
      std::count_if(pronunciation.phones.begin(), pronunciation.phones.end(), is_vowel));
}

const Pronunciation* closest_with_vowels(const Pronunciation& wanted,
                                         std::span<const Pronunciation> known) {
  const Pronunciation* best = nullptr;
  std::size_t best_distance = 0;
  for (const Pronunciation& candidate : known) {
    if (vowel_count(candidate) != vowel_count(wanted)) continue;
    const std::size_t distance = phone_distance(candidate.phones, wanted.phones);
    if (best == nullptr || distance < best_distance) {
      best = &candidate;
      best_distance = distance;
    }
  }
  return best;
}

bool is_one_of(std::string_view name, std::string_view blank_separated) {
  const std::string padded = " " + std::string(blank_separated) + " ";
  return padded.find(" " + std::string(name) + " ") != std::string::npos;
}

// The start of the syllable whose vowel is at `vowel`: its longest usual English onset.
std::size_t onset_of(const Pronunciation& p, std::size_t vowel) {
  const auto name = [&](std::size_t i) { return phone_name(p.phones[i]); };
  const auto is_consonant = [&](std::size_t i) { return !is_vowel(p.phones[i]); };
  std::size_t first = vowel;
  if (first == 0 || !is_consonant(first - 1) || name(first - 1) == "NG") return first;
  --first;
  const bool glides = is_one_of(name(first), "L R W Y");
  if (glides && first > 0 && is_one_of(name(first - 1), "P B T D K G F V TH SH S M N HH")) --first;
  if (first > 0 && name(first - 1) == "S" && is_one_of(name(first), "P T K M N")) --first;
  return first;
}

}  // namespace

Result<GivenPhones> parse_phones(std::span<const std::string> phones) {
  PhoneList list;
  for (const std::string& phone : phones) {
    if (!add_phone(phone, list)) return unknown_phone(phone);
  }
  return checked(std::move(list));
}

Result<GivenPhones> parse_phone_string(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\n\r\f\v";
  PhoneList list;
  for (std::size_t at = text.find_first_not_of(kBlanks); at != std::string_view::npos;) {
    const std::size_t end = std::min(text.find_first_of(kBlanks, at), text.size());
    const std::string_view word = text.substr(at, end - at);
    if (!add_phone(word, list) && !(has_non_ascii(word) && add_joined_ipa(word, list))) {
      return unknown_phone(word);
    }
    at = text.find_first_not_of(kBlanks, end);
  }
  return checked(std::move(list));
}

Pronunciation with_stress(GivenPhones given, std::span<const Pronunciation> known) {
  Pronunciation& wanted = given.pronunciation;
  if (given.has_stress) return std::move(wanted);
  const Pronunciation* model = closest_with_vowels(wanted, known);
  std::vector<std::uint8_t> vowel_stress(vowel_count(wanted), 0);
  if (!vowel_stress.empty()) vowel_stress[0] = 1;
  if (model != nullptr) {
    vowel_stress.clear();
    for (std::size_t i = 0; i < model->phones.size(); ++i) {
      if (is_vowel(model->phones[i])) vowel_stress.push_back(model->stress[i]);
    }
  }
  std::size_t next = 0;
  for (std::size_t i = 0; i < wanted.phones.size(); ++i) {
    if (is_vowel(wanted.phones[i])) wanted.stress[i] = vowel_stress[next++];
  }
  return std::move(wanted);
}

std::size_t phone_distance(std::span<const PhoneId> a, std::span<const PhoneId> b) {
  return edit_distance(a, b);
}

std::string arpabet_text(const Pronunciation& pronunciation) {
  std::string text;
  for (std::size_t i = 0; i < pronunciation.phones.size(); ++i) {
    if (i > 0) text += ' ';
    text += phone_lower(pronunciation.phones[i]);
    if (is_vowel(pronunciation.phones[i])) text += std::to_string(pronunciation.stress[i]);
  }
  return text;
}

std::string ipa_text(const Pronunciation& pronunciation) {
  const std::size_t size = pronunciation.phones.size();
  std::vector<std::string_view> marks(size);
  if (vowel_count(pronunciation) > 1) {
    for (std::size_t i = 0; i < size; ++i) {
      if (pronunciation.stress[i] == 0) continue;
      marks[onset_of(pronunciation, i)] = pronunciation.stress[i] == 1 ? kPrimary : kSecondary;
    }
  }
  std::string text;
  for (std::size_t i = 0; i < size; ++i) {
    if (i > 0) text += ' ';
    text += marks[i];
    const std::string_view name = phone_name(pronunciation.phones[i]);
    const bool weak = pronunciation.stress[i] == 0;
    if (weak && name == "AH") {
      text += "ə";
    } else if (weak && name == "ER") {
      text += "ɚ";
    } else {
      text += phone_ipa(pronunciation.phones[i]);
    }
  }
  return text;
}

}  // namespace saywell
