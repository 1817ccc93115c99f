// What the judge of miscues tells of the parts of a text, put together for the whole.
#pragma once

#include <vector>

#include "assess/text_parts.h"

namespace saywell {

struct TextVerdict {
  std::vector<WordVerdict> tokens;  // one a token; of those without rows that they were left out
  std::vector<double> put_in;  // that something was said before token [i]; the last: behind all
};

// Between two words the judge answers once: that holds for all boundaries of tokens between them.
TextVerdict join_verdicts(const std::vector<ScoredPart>& parts, std::size_t token_count);

}  // namespace saywell
