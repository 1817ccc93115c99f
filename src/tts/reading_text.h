// A reference text as the words of its first reading: what a voice is to say.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "text/reference_text.h"

namespace saywell {

// One text a sentence: the words as they are read ("2" -> "two"), in the order of the text, with
// those of its punctuation marks that a voice makes audible (, . ? !). Marks such as word(s:1) are
// left out. `text` must be what `reference` was made of. Pure.
std::vector<std::string> reading_text(const ReferenceText& reference, std::string_view text);

}  // namespace saywell
