// Words that the search tore apart, because other speech costs less than a wrong phone in a token.
#pragma once

#include <vector>

#include "align/reading_path.h"

namespace saywell {

// `events` of a path through `variants`, a token each, with these put together again. Pure.
// - The rest of a token: of it only consonants were found, and other speech goes on with a vowel
//   or says the last of them again ("were" as w, then ah). It becomes part of the token.
// - A word that is not in the text: a token of one phone ("a") seems said twice around other
//   speech, of which one try is a piece ("a great": ah, g r, ey, t). They become one stretch of
//   other speech, unless a pause lies between them.
std::vector<ReadingEvent> rejoin_torn_words(const Posteriors& posteriors,
                                            const std::vector<std::vector<TokenVariant>>& variants,
                                            std::vector<ReadingEvent> events);

}  // namespace saywell
