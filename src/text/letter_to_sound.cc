#include "text/letter_to_sound.h"

#include <flite/flite.h>

#include <algorithm>
#include <string_view>

#include "base/threads/mutex.h"

// No header of flite declares it.
extern "C" cst_lexicon* cmulex_init(void);

namespace saywell {

Mutex& flite_mutex() {
  static Mutex mutex;
  return mutex;
}

namespace {

// REQUIRES: flite_mutex() is held.
cst_lexicon* flite_lexicon() {
  static cst_lexicon* const lexicon = [] {
    flite_init();
    return cmulex_init();
  }();
  return lexicon;
}

// flite writes "ax0" for the reduced vowel and a digit on vowels alone.
std::optional<Pronunciation> parse_flite_phones(const cst_val* phones) {
  Pronunciation result;
  for (const cst_val* at = phones; at != nullptr; at = val_cdr(at)) {
    const std::string_view name = val_string(val_car(at));
    const auto phone = parse_arpabet(name);
    if (!phone) return std::nullopt;
    const char last = name.back();
    const bool stressed = is_vowel(*phone) && (last == '1' || last == '2');
    result.phones.push_back(*phone);
    result.stress.push_back(stressed ? static_cast<std::uint8_t>(last - '0') : 0);
  }
  if (result.phones.empty()) return std::nullopt;
  return result;
}

void ensure_primary_stress(Pronunciation& pronunciation) {
  auto& stress = pronunciation.stress;
  if (std::find(stress.begin(), stress.end(), 1) != stress.end()) return;
  const auto vowel =
      std::find_if(pronunciation.phones.begin(), pronunciation.phones.end(), is_vowel);
  if (vowel != pronunciation.phones.end())
    stress[static_cast<std::size_t>(vowel - pronunciation.phones.begin())] = 1;
}

}  // namespace

std::optional<Pronunciation> spelling_to_phones(const std::string& word) {
  const auto is_small_letter = [](char c) { return c >= 'a' && c <= 'z'; };
  if (word.size() > kLongestSpelling || word.find_first_of("aeiouy") == std::string::npos ||
      !std::all_of(word.begin(), word.end(), is_small_letter)) {
    return std::nullopt;
  }
  std::optional<Pronunciation> result;
  {
    const MutexLock lock(flite_mutex());
    cst_val* phones = lex_lookup(flite_lexicon(), word.c_str(), nullptr, nullptr);
    result = parse_flite_phones(phones);
    delete_val(phones);
  }
  if (result) ensure_primary_stress(*result);
  return result;
}

}  // namespace saywell
