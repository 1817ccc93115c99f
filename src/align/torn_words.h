// Rejoins words that the search tore apart, because other speech costs less than a wrong phone in a
// token.
#pragma once

#include <vector>

#include "align/alignment_path.h"

namespace saywell {

// `events` of a path through `text` with these words joined. Pure.
// - The rest of a token: only consonants of it were found, and other speech continues with a vowel
// or
//   repeats the last consonant ("were" as w, then ah). It becomes part of the token.
// - A word that is not in the text: a token of one phone ("a") seems said twice around other
//   speech, of which one attempt is a piece ("a great": ah, g r, ey, t). They become one stretch of
//   other speech, unless there is a pause between them.
std::vector<PathEvent> rejoin_torn_words(const Posteriors& posteriors, const TextVariants& text,
                                         std::vector<PathEvent> events);

}  // namespace saywell
