#include "assess/text_miscue_probabilities.h"

#include <algorithm>

namespace saywell {

TextMiscueProbabilities join_miscue_probabilities(const std::vector<ScoredPart>& parts,
                                                  std::size_t token_count) {
  constexpr WordMiscues kOmitted{0, 1, 0, 0};
  TextMiscueProbabilities whole{std::vector<WordMiscues>(token_count, kOmitted),
                                std::vector<double>(token_count + 1, 0.0)};
  for (const ScoredPart& part : parts) {
    std::size_t boundary = part.part.first_token;
    const std::vector<std::size_t>& words = part.inputs.word_tokens;
    for (std::size_t w = 0; w < part.miscues.insertions.size(); ++w) {
      const bool last = w == words.size();
      if (!last) whole.tokens[words[w]] = part.miscues.words[w];
      // At the border of two parts, the surer of the two.
      for (const std::size_t end = last ? part.part.end_token : words[w]; boundary <= end;
           ++boundary) {
        whole.insertions[boundary] =
            std::max(whole.insertions[boundary], part.miscues.insertions[w]);
      }
    }
  }
  return whole;
}

}  // namespace saywell
