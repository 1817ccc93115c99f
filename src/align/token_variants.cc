#include "align/token_variants.h"

#include <algorithm>

namespace saywell {
namespace {

void append_word(TokenVariant& variant, const Pronunciation& word) {
  variant.phones.insert(variant.phones.end(), word.phones.begin(), word.phones.end());
  variant.stress.insert(variant.stress.end(), word.stress.begin(), word.stress.end());
}

// Every combination of the words' variants, the usual ones first, at most `room`.
std::vector<TokenVariant> combine_words(const std::vector<SpokenWord>& words, std::size_t reading,
                                        std::size_t room) {
  std::vector<TokenVariant> combined(1);
  combined.front().reading = reading;
  for (const SpokenWord& word : words) {
    std::vector<TokenVariant> longer;
    for (const Pronunciation& variant : word.variants) {
      for (const TokenVariant& start : combined) {
        if (longer.size() == room) break;
        longer.push_back(start);
        append_word(longer.back(), variant);
      }
    }
    combined = std::move(longer);
  }
  return combined;
}

}  // namespace

std::vector<TokenVariant> token_variants(const Token& token) {
  std::vector<TokenVariant> variants;
  for (std::size_t reading = 0; reading < token.readings.size(); ++reading) {
    const std::size_t readings_left = token.readings.size() - reading;
    const std::size_t room = (kMaxTokenVariants - variants.size()) / readings_left;
    for (TokenVariant& variant :
         combine_words(token.readings[reading], reading, std::max<std::size_t>(1, room))) {
      const bool known =
          std::any_of(variants.begin(), variants.end(),
                      [&](const TokenVariant& other) { return other.phones == variant.phones; });
      if (!known && variants.size() < kMaxTokenVariants) variants.push_back(std::move(variant));
    }
  }
  return variants;
}

TextVariants text_variants(const ReferenceText& text) {
  TextVariants variants;
  for (const Token& token : text.tokens) variants.push_back(token_variants(token));
  return variants;
}

std::size_t fewest_phones(const TextVariants& text) {
  std::size_t count = 0;
  for (const std::vector<TokenVariant>& variants : text) {
    std::size_t fewest = variants.front().phones.size();
    for (const TokenVariant& variant : variants) fewest = std::min(fewest, variant.phones.size());
    count += fewest;
  }
  return count;
}

}  // namespace saywell
