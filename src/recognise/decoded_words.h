// A hypothesis of the decoder as text, and what it thought of each stretch of that text.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "recognise/beam_search.h"
#include "recognise/token_vocabulary.h"

namespace saywell {

class DecodedText {
 public:
  DecodedText(const TokenVocabulary& vocabulary, const Hypothesis& hypothesis);

  const std::string& text() const { return text_; }

  // The lowest log probability of the tokens that have a part in bytes [begin, end) of the text; 0
  // where none has.
  float lowest_log_prob(std::size_t begin, std::size_t end) const;

 private:
  struct TokenSpan {
    std::size_t begin, end;
    float log_prob;
  };
  std::string text_;
  std::vector<TokenSpan> tokens_;
};

}  // namespace saywell
