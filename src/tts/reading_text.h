// A reference text as the words that a voice says.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "text/reference_text.h"

namespace saywell {

// One text per sentence: the words of each token's first expansion ("2" -> "two"), in the order of
// the text, with the punctuation that a voice makes audible (, . ? !) and without marks such as
// word(s:1). `text` must be the text that `reference` was made of. Pure.
std::vector<std::string> reading_text(const ReferenceText& reference, std::string_view text);

}  // namespace saywell
