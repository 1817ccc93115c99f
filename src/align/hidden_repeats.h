// Words said twice where the reading path, which takes the phones of a token as they come, found
// them only once: "f ao f ao" for "four".
#pragma once

#include <vector>

#include "align/reading.h"

namespace saywell {

struct HiddenRepeat {
  std::size_t token = 0;
  RowSpan first_try;  // of the two, which follow one another
};

// In order of time. A repeat is two stretches of heard phones, at least two phones each, that sound
// alike, and of which the text explains only one: without the other what was heard is nearer to it.
// Pure.
std::vector<HiddenRepeat> find_hidden_repeats(const Posteriors& posteriors, const Reading& reading);

}  // namespace saywell
