// Turns runs of letters into their spoken words: acronyms, inner capitals, possessives; the part of
// normalise_token for letters.
//
// Pure functions, callable from any thread.
#pragma once

#include <string>

#include "text/normalise.h"
#include "text/token_pieces.h"

namespace saywell {

// The readings of `letters` (A–Z, a–z, apostrophes); empty when they cannot be read aloud.
Readings read_letters(const std::string& letters, const TokenContext& context);

// Letter by letter: "USA" -> U S A.
Words spelled(std::string_view letters);

// "VIII" -> eight | the eighth, for II to XXXIX; empty for others. `letters` has to be capitals.
Readings read_roman(const std::string& letters);

}  // namespace saywell
