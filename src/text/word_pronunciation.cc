#include "text/word_pronunciation.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "text/abbreviations.h"
#include "text/letter_to_sound.h"

namespace saywell {
namespace {

constexpr std::size_t kMaxWordVariants = 16;

PhoneId phone(std::string_view name) { return *parse_arpabet(name); }

bool is_phone_of(PhoneId id, std::string_view blank_separated) {
  const std::vector<std::string> names = split(blank_separated, ' ');
  return std::find(names.begin(), names.end(), phone_name(id)) != names.end();
}

void append(Pronunciation& pronunciation, std::string_view phones) {
  for (const std::string& name : split(phones, ' ')) {
    pronunciation.phones.push_back(phone(name));
    pronunciation.stress.push_back(0);
  }
}

// The phones of an English ending after `last`: -s and -d agree in voice and open a syllable behind
// their like.
std::string_view ending_phones(std::string_view ending, PhoneId last) {
  if (ending == "s") {
    if (is_phone_of(last, "S Z SH ZH CH JH")) return "IH Z";
    return is_phone_of(last, "P T K F TH") ? "S" : "Z";
  }
  if (ending == "d") return is_phone_of(last, "T D") ? "IH D" : "D";
  if (ending == "ll") return "AH L";
  if (ending == "ve") return "AH V";
  if (ending == "re") return "ER";
  if (ending == "m") return "AH M";
  return "";
}

bool is_letter_name(const std::string& word) {
  const bool capital = !word.empty() && word[0] >= 'A' && word[0] <= 'Z';
  return capital && (word.size() == 1 || word.substr(1) == "'s");
}

// The name of a letter; "a" alone would be the article.
std::vector<Pronunciation> letter_variants(char capital, const Lexicon& lexicon) {
  const std::string lower = to_lower(std::string_view(&capital, 1));
  std::vector<Pronunciation> variants = lexicon.find(lower == "a" ? "a." : lower);
  if (capital == 'Z') {
    for (Pronunciation& british : lexicon.find("zed")) variants.push_back(std::move(british));
  }
  return variants;
}

std::optional<SpokenWord> pronounce_stem(const std::string& stem, const Lexicon& lexicon) {
  if (is_letter_name(stem) && stem.size() == 1)
    return SpokenWord{stem, letter_variants(stem[0], lexicon), true};
  std::vector<Pronunciation> variants = lexicon.find(stem);
  if (!variants.empty()) return SpokenWord{stem, std::move(variants), true};
  std::string letters;
  std::copy_if(stem.begin(), stem.end(), std::back_inserter(letters),
               [](char c) { return c != '\''; });
  auto guess = spelling_to_phones(letters);
  if (!guess) return std::nullopt;
  return SpokenWord{stem, {std::move(*guess)}, false};
}

// "zuckerberg's", "o's", "dogs'": the stem's phones and those of the ending.
std::optional<SpokenWord> pronounce_with_ending(const std::string& word, const Lexicon& lexicon) {
  const std::size_t apostrophe = word.rfind('\'');
  if (apostrophe == std::string::npos || apostrophe == 0) return std::nullopt;
  const std::string ending = word.substr(apostrophe + 1);
  const bool is_silent = ending.empty();
  if (!is_silent && ending_phones(ending, 0).empty()) return std::nullopt;
  auto spoken = pronounce_stem(word.substr(0, apostrophe), lexicon);
  if (!spoken) return std::nullopt;
  spoken->text = word;
  for (Pronunciation& variant : spoken->variants) {
    if (!is_silent) append(variant, ending_phones(ending, variant.phones.back()));
  }
  return spoken;
}

}  // namespace

std::optional<SpokenWord> pronounce_word(const std::string& word, const Lexicon& lexicon) {
  std::optional<SpokenWord> spoken;
  if (!lexicon.contains(word)) spoken = pronounce_with_ending(word, lexicon);
  if (!spoken) spoken = pronounce_stem(word, lexicon);
  if (!spoken || spoken->variants.empty()) return std::nullopt;
  if (spoken->variants.size() > kMaxWordVariants) spoken->variants.resize(kMaxWordVariants);
  return spoken;
}

}  // namespace saywell
