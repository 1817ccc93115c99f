#include "base/phone_set.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

namespace saywell {
namespace {

struct Phone {
  std::string_view name;
  std::string_view lower;
  std::string_view ipa;
  bool vowel;
};

constexpr std::array<Phone, kPhoneCount> kPhones = {{
    {"AA", "aa", "ɑ", true},   {"AE", "ae", "æ", true},   {"AH", "ah", "ʌ", true},
    {"AO", "ao", "ɔ", true},   {"AW", "aw", "aʊ", true},  {"AY", "ay", "aɪ", true},
    {"B", "b", "b", false},    {"CH", "ch", "tʃ", false}, {"D", "d", "d", false},
    {"DH", "dh", "ð", false},  {"EH", "eh", "ɛ", true},   {"ER", "er", "ɝ", true},
    {"EY", "ey", "eɪ", true},  {"F", "f", "f", false},    {"G", "g", "ɡ", false},
    {"HH", "hh", "h", false},  {"IH", "ih", "ɪ", true},   {"IY", "iy", "i", true},
    {"JH", "jh", "dʒ", false}, {"K", "k", "k", false},    {"L", "l", "l", false},
    {"M", "m", "m", false},    {"N", "n", "n", false},    {"NG", "ng", "ŋ", false},
    {"OW", "ow", "oʊ", true},  {"OY", "oy", "ɔɪ", true},  {"P", "p", "p", false},
    {"R", "r", "ɹ", false},    {"S", "s", "s", false},    {"SH", "sh", "ʃ", false},
    {"T", "t", "t", false},    {"TH", "th", "θ", false},  {"UH", "uh", "ʊ", true},
    {"UW", "uw", "u", true},   {"V", "v", "v", false},    {"W", "w", "w", false},
    {"Y", "y", "j", false},    {"Z", "z", "z", false},    {"ZH", "zh", "ʒ", false},
}};

struct Alias {
  std::string_view from;
  std::string_view to;
};

constexpr std::array<Alias, 3> kArpabetAliases = {{{"ax", "ah"}, {"axr", "er"}, {"ix", "ih"}}};

constexpr std::array<Alias, 14> kIpaAliases = {{{"r", "ɹ"},
                                                {"g", "ɡ"},
                                                {"ə", "ʌ"},
                                                {"ɚ", "ɝ"},
                                                {"ɜ", "ɝ"},
                                                {"ɜɹ", "ɝ"},
                                                {"əɹ", "ɝ"},
                                                {"e", "ɛ"},
                                                {"o", "oʊ"},
                                                {"ɒ", "ɑ"},
                                                {"a", "ɑ"},
                                                {"əʊ", "oʊ"},
                                                {"ʧ", "tʃ"},
                                                {"ʤ", "dʒ"}}};

// Length mark, half-length mark, tie bars above and below, primary and secondary stress.
constexpr std::array<std::string_view, 6> kIgnoredIpa = {"ː", "ˑ", "͡", "͜", "ˈ", "ˌ"};

template <class Field>
std::optional<PhoneId> find_phone(std::string_view text, Field field) {
  const auto found = std::find_if(kPhones.begin(), kPhones.end(),
                                  [&](const Phone& phone) { return phone.*field == text; });
  if (found == kPhones.end()) return std::nullopt;
  return static_cast<PhoneId>(found - kPhones.begin());
}

template <std::size_t N>
std::string_view resolve_alias(const std::array<Alias, N>& aliases, std::string_view text) {
  for (const Alias& alias : aliases) {
    if (alias.from == text) return alias.to;
  }
  return text;
}

}  // namespace

std::string_view phone_name(PhoneId phone) { return kPhones.at(phone).name; }
std::string_view phone_lower(PhoneId phone) { return kPhones.at(phone).lower; }
std::string_view phone_ipa(PhoneId phone) { return kPhones.at(phone).ipa; }
bool is_vowel(PhoneId phone) { return kPhones.at(phone).vowel; }

std::optional<PhoneId> parse_arpabet(std::string_view text) {
  if (!text.empty() && text.back() >= '0' && text.back() <= '2') text.remove_suffix(1);
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return find_phone(resolve_alias(kArpabetAliases, lower), &Phone::lower);
}

std::optional<PhoneId> parse_ipa(std::string_view text) {
  std::string bare(text);
  for (std::string_view mark : kIgnoredIpa) {
    for (std::size_t at; (at = bare.find(mark)) != std::string::npos;) bare.erase(at, mark.size());
  }
  return find_phone(resolve_alias(kIpaAliases, bare), &Phone::ipa);
}

}  // namespace saywell
