// An Assessment made by hand, with one of every kind, for tests of the formats.
#pragma once

#include <string>

#include "saywell/result.h"

namespace saywell {

// Of "We like tea now.", 2,500 ms: "We" read right, "like" with its k misread as t and an ah added
// after it, "tea" omitted, "now" substituted; an inserted "uh" (ah) before "now", a noise at the
// end.
Assessment sample_assessment(const std::string& core_type);

// Of the word "metal".
Assessment sample_word_assessment();

}  // namespace saywell
