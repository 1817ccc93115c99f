// What the judge of miscues tells of the parts of a text, put together for the whole.
#pragma once

#include <vector>

#include "assess/text_parts.h"
#include "score/miscue_judge.h"

namespace saywell {

struct TextVerdict {
  std::vector<WordVerdict> tokens;  // one a token; of those without rows that they were left out
  std::vector<double> put_in;  // that something was said before token [i]; the last: behind all
};

// `judged`: one a part, of its words; empty where nothing of the part was read. Between two words
// the judge answers once: that holds for all boundaries of tokens between them.
TextVerdict join_verdicts(const std::vector<ScoredPart>& parts,
                          const std::vector<ReadingVerdict>& judged, std::size_t token_count);

}  // namespace saywell
