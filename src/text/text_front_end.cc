#include "text/text_front_end.h"

#include <algorithm>

#include "text/normalise.h"
#include "text/unicode_text.h"
#include "text/word_pronunciation.h"

namespace saywell {
namespace {

constexpr std::size_t kMaxModels =
    64;  // pronunciations of a token that given phones are compared with

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
// as far as kMaxModels allows.
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

// Makes `given` the only ways to say `token`.
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
  return Status(Code::kUnsupportedWord,
                "refText: '" + shortened(token.display) + "' cannot be turned into phones");
}

}  // namespace

TextFrontEnd::TextFrontEnd(Lexicon lexicon)
    : lexicon_(std::make_shared<const Lexicon>(std::move(lexicon))) {}

Result<TextFrontEnd> TextFrontEnd::load(const std::string& model_dir) {
  Result<Lexicon> lexicon = Lexicon::load(model_dir + "/cmudict.js");
  if (!lexicon.ok()) return lexicon.status();
  return TextFrontEnd(std::move(*lexicon));
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

// Tokens without a pronunciation are left with no reading.
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
    return Status(Code::kBadParameter, "phones: given for " + std::to_string(phones.size()) +
                                           " words, but refText has " +
                                           std::to_string(written->size()));
  }
  ReferenceText text{read_tokens(*written)};
  for (std::size_t i = 0; i < phones.size(); ++i) {
    const std::string name =
        "word " + std::to_string(i + 1) + " '" + shortened(text.tokens[i].display) + "'";
    if (phones[i].size() > kMaxGivenPhones) {
      return Status(Code::kBadParameter,
                    "phones: " + name + " has more than " + std::to_string(kMaxGivenPhones));
    }
    Result<GivenPhones> given = parse_phones(phones[i]);
    if (!given.ok())
      return Status(Code::kBadParameter, given.status().detail() + " (" + name + ")");
    force(text.tokens[i], {std::move(*given)});
  }
  return text;
}

}  // namespace saywell
