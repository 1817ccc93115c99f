#include "assess/text_verdict.h"

#include <algorithm>

namespace saywell {

TextVerdict join_verdicts(const std::vector<ScoredPart>& parts, std::size_t token_count) {
  constexpr WordVerdict kLeftOut{0, 1, 0, 0};
  TextVerdict whole{std::vector<WordVerdict>(token_count, kLeftOut),
                    std::vector<double>(token_count + 1, 0.0)};
  for (const ScoredPart& part : parts) {
    std::size_t boundary = part.part.first_token;
    const std::vector<std::size_t>& words = part.inputs.word_tokens;
    for (std::size_t w = 0; w < part.verdict.put_in.size(); ++w) {
      const bool last = w == words.size();
      if (!last) whole.tokens[words[w]] = part.verdict.words[w];
      // Where two parts meet, the surer of the two.
      for (const std::size_t end = last ? part.part.end_token : words[w]; boundary <= end;
           ++boundary)
        whole.put_in[boundary] = std::max(whole.put_in[boundary], part.verdict.put_in[w]);
    }
  }
  return whole;
}

}  // namespace saywell
