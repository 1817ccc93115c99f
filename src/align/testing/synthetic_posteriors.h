// Posteriors as a perfect phone head would give them, for tests: every phone a peak of one row with
// blanks around, and three rows of the frame posteriors.
#pragma once

#include <string_view>

#include "acoustic/embeddings_to_posteriors.h"

namespace saywell {

// `phones` are ARPAbet names, "-" is silence: "W IY - K AO L". Each takes `rows_each` rows.
Posteriors synthetic_posteriors(std::string_view phones, std::size_t rows_each = 3);

// A text whose tokens have these pronunciations, as text_with_given_phones() would make it: "W IY|K
// AO L".
std::vector<std::vector<struct TokenVariant>> synthetic_variants(std::string_view tokens);

}  // namespace saywell
