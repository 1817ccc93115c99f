#include "assess/text_verdict.h"

#include <algorithm>

namespace saywell {

TextVerdict join_verdicts(const std::vector<ScoredPart>& parts,
                          const std::vector<ReadingVerdict>& judged, std::size_t token_count) {
  constexpr WordVerdict kLeftOut{0, 1, 0, 0};
  TextVerdict whole{std::vector<WordVerdict>(token_count, kLeftOut),
                    std::vector<double>(token_count + 1, 0.0)};
  for (std::size_t p = 0; p < parts.size(); ++p) {
    std::size_t boundary = parts[p].part.first_token;
    const std::vector<std::size_t>& words = parts[p].inputs.word_tokens;
    for (std::size_t w = 0; w < judged[p].put_in.size(); ++w) {
      const bool last = w == words.size();
      if (!last) whole.tokens[words[w]] = judged[p].words[w];
      // Where two parts meet, the surer of the two.
      for (const std::size_t end = last ? parts[p].part.end_token : words[w]; boundary <= end;
           ++boundary)
        whole.put_in[boundary] = std::max(whole.put_in[boundary], judged[p].put_in[w]);
    }
  }
  return whole;
}

}  // namespace saywell
