#include "recognise/decoded_words.h"

#include <algorithm>
#include <span>

namespace saywell {

DecodedText::DecodedText(const TokenVocabulary& vocabulary, const Hypothesis& hypothesis)
    : text_(vocabulary.tokens_to_text(hypothesis.tokens)) {
  const std::span<const TokenId> tokens(hypothesis.tokens);
  std::size_t begin = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    // A token that ends inside a character has no bytes yet: they come with the next one.
    const std::size_t end = vocabulary.tokens_to_text(tokens.first(i + 1)).size();
    tokens_.push_back({begin, std::max(begin, end), hypothesis.log_probs[i]});
    begin = std::max(begin, end);
  }
}

float DecodedText::lowest_log_prob(std::size_t begin, std::size_t end) const {
  float lowest = 0;
  for (const TokenSpan& token : tokens_) {
    if (token.end > begin && token.begin < end) lowest = std::min(lowest, token.log_prob);
  }
  return lowest;
}

}  // namespace saywell
