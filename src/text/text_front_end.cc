#include "text/text_front_end.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "base/status_macros.h"
#include "text/abbreviations.h"
#include "text/letter_to_sound.h"
#include "text/normalise.h"
#include "text/unicode_text.h"

namespace saywell {
namespace {

constexpr std::size_t kMaxVariants = 16;  // of a spoken word

// Pronunciations of a token that given phones are compared with.
constexpr std::size_t kMaxModels = 64;

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

// The phones of an English ending after `last`: -s and -d agree in voicing, and form a syllable
// behind a similar sound.
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

// `word` as normalise_token() writes it: looked up in the dictionary; else the stem with the ending
// behind the apostrophe, by rule (zuckerberg's); else guessed from its spelling. nullopt when there
// is nothing to say.
std::optional<SpokenWord> pronounce_word(const std::string& word, const Lexicon& lexicon) {
  std::optional<SpokenWord> spoken;
  if (!lexicon.contains(word)) spoken = pronounce_with_ending(word, lexicon);
  if (!spoken) spoken = pronounce_stem(word, lexicon);
  if (!spoken || spoken->variants.empty()) return std::nullopt;
  if (spoken->variants.size() > kMaxVariants) spoken->variants.resize(kMaxVariants);
  return spoken;
}

// Weak forms of function words that the dictionary lacks (Cruttenden, Gimson's Pronunciation of
// English, 8th ed., 11.3): right within a phrase, not at its beginning and not alone.
constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kWeakForms = {
    {{"have", "AH0 V"},
     {"had", "AH0 D"},
     {"has", "AH0 Z"},
     {"his", "IH0 Z"},
     {"her", "ER0"},
     {"at", "AH0 T"},
     {"as", "AH0 Z"},
     {"and", "AH0 N"},
     {"us", "AH0 S"}}};

void add_weak_form(Token& token) {
  for (std::vector<SpokenWord>& reading : token.readings) {
    for (const auto& [word, phones] : kWeakForms) {
      if (reading.size() != 1 || reading[0].text != word) continue;
      Pronunciation weak = parse_phone_string(phones)->pronunciation;
      std::vector<Pronunciation>& variants = reading[0].variants;
      if (std::find(variants.begin(), variants.end(), weak) == variants.end())
        variants.push_back(std::move(weak));
    }
  }
}

bool has_small_letter(const std::vector<std::string>& tokens) {
  return std::any_of(tokens.begin(), tokens.end(), [](const std::string& token) {
    return std::any_of(token.begin(), token.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  });
}

Pronunciation concatenated(Pronunciation a, const Pronunciation& b) {
  a.phones.insert(a.phones.end(), b.phones.begin(), b.phones.end());
  a.stress.insert(a.stress.end(), b.stress.begin(), b.stress.end());
  return a;
}

// Whole pronunciations of a token: the words of each reading one after the other, in every variant
// up to kMaxModels.
std::vector<Pronunciation> whole_pronunciations(const Token& token) {
  std::vector<Pronunciation> wholes;
  for (const std::vector<SpokenWord>& reading : token.readings) {
    std::vector<Pronunciation> begun(1);
    for (const SpokenWord& word : reading) {
      std::vector<Pronunciation> longer;
      for (const Pronunciation& front : begun) {
        for (const Pronunciation& variant : word.variants) {
          if (longer.size() < kMaxModels) longer.push_back(concatenated(front, variant));
        }
      }
      begun = std::move(longer);
    }
    wholes.insert(wholes.end(), begun.begin(), begun.end());
  }
  return wholes;
}

// Makes `given` the only pronunciations of `token`.
void force(Token& token, const std::vector<GivenPhones>& given) {
  const std::vector<Pronunciation> known = whole_pronunciations(token);
  SpokenWord word{fold_to_ascii(token.display), {}, false};
  for (const GivenPhones& phones : given) {
    Pronunciation variant = with_stress(phones, known);
    const bool is_new =
        std::find(word.variants.begin(), word.variants.end(), variant) == word.variants.end();
    if (is_new) word.variants.push_back(std::move(variant));
  }
  token.readings = {{std::move(word)}};
  token.forced = true;
}

Status unpronounceable(const Token& token) {
  return Status(Code::kUnsupportedWord, "refText",
                "'" + shortened(token.display) + "' cannot be turned into phones");
}

}  // namespace

TextFrontEnd::TextFrontEnd(Lexicon lexicon)
    : lexicon_(std::make_shared<const Lexicon>(std::move(lexicon))) {}

Result<TextFrontEnd> TextFrontEnd::load(const std::string& model_dir) {
  ASSIGN_OR_RETURN(Lexicon lexicon, Lexicon::load(model_dir + "/cmudict.js"));
  return TextFrontEnd(std::move(lexicon));
}

std::vector<std::vector<SpokenWord>> TextFrontEnd::spoken_readings(
    const std::string& folded, const TokenContext& context) const {
  std::vector<std::vector<SpokenWord>> readings;
  for (const Words& words : normalise_token(folded, context)) {
    std::vector<SpokenWord> reading;
    for (const std::string& word : words) {
      auto spoken = pronounce_word(word, *lexicon_);
      if (!spoken) break;
      reading.push_back(std::move(*spoken));
    }
    if (reading.size() == words.size()) readings.push_back(std::move(reading));
  }
  return readings;
}

// Tokens without a pronunciation have no reading.
std::vector<Token> TextFrontEnd::read_tokens(const std::vector<WrittenToken>& written) const {
  std::vector<std::string> folded;
  for (const WrittenToken& token : written) folded.push_back(fold_to_ascii(token.display));
  TokenContext context;
  context.all_capitals = !has_small_letter(folded);
  context.is_known = [this](std::string_view word) { return lexicon_->contains(word); };
  std::vector<Token> tokens;
  for (std::size_t i = 0; i < written.size(); ++i) {
    context.previous = i > 0 ? std::string_view(folded[i - 1]) : std::string_view();
    context.next = i + 1 < written.size() ? std::string_view(folded[i + 1]) : std::string_view();
    const WrittenToken& from = written[i];
    Token token{from.display, from.begin, from.end, spoken_readings(folded[i], context), {}, {}, {},
                {},           false,      false};
    token.stressed = from.marks.stressed;
    token.rising = from.marks.rising;
    token.pause_after = from.marks.pause_after;
    token.linked = from.marks.linked;
    token.sentence_end = from.sentence_end;
    const bool in_phrase = i > 0 && !written[i - 1].sentence_end && !token.stressed.value_or(false);
    if (in_phrase) add_weak_form(token);
    if (!from.marks.forced.empty()) force(token, from.marks.forced);
    tokens.push_back(std::move(token));
  }
  return tokens;
}

Result<ReferenceText> TextFrontEnd::text_to_pronunciations(std::string_view ref_text) const {
  const auto written = split_reference_text(ref_text);
  if (!written.ok()) return written.status();
  ReferenceText text{read_tokens(*written)};
  for (const Token& token : text.tokens) {
    if (token.readings.empty()) return unpronounceable(token);
  }
  return text;
}

Result<ReferenceText> TextFrontEnd::text_with_given_phones(
    std::string_view ref_text, const std::vector<std::vector<std::string>>& phones) const {
  const auto written = split_reference_text(ref_text);
  if (!written.ok()) return written.status();
  if (phones.size() != written->size()) {
    return Status(Code::kBadParameter, "phones",
                  "given for " + std::to_string(phones.size()) + " words, but refText has " +
                      std::to_string(written->size()));
  }
  ReferenceText text{read_tokens(*written)};
  for (std::size_t i = 0; i < phones.size(); ++i) {
    const std::string name =
        "word " + std::to_string(i + 1) + " '" + shortened(text.tokens[i].display) + "'";
    if (phones[i].size() > kMaxGivenPhones) {
      return Status(Code::kBadParameter, "phones",
                    name + " has more than " + std::to_string(kMaxGivenPhones));
    }
    Result<GivenPhones> given = parse_phones(phones[i]);
    if (!given.ok())
      return Status(Code::kBadParameter, "phones", given.status().detail() + " (" + name + ")");
    force(text.tokens[i], {std::move(*given)});
  }
  return text;
}

}  // namespace saywell
