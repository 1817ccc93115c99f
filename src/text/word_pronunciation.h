// One spoken word to its pronunciations: dictionary, endings, letter-to-sound.
#pragma once

#include <optional>
#include <string>

#include "text/lexicon.h"
#include "text/reference_text.h"

namespace saywell {

// `word` as normalise_token() writes it: looked up; else, behind an apostrophe, its ending is put
// to the stem's phones by rule (zuckerberg's); else guessed from its spelling. nullopt when there
// is nothing to say. Thread-safe.
std::optional<SpokenWord> pronounce_word(const std::string& word, const Lexicon& lexicon);

}  // namespace saywell
