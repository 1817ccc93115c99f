// Posteriors of a perfect phone head, for tests: every phone is a peak of one frame
// of the CTC posteriors with blanks around, and three frames of the framewise posteriors.
#pragma once

#include <string_view>

#include "acoustic/embeddings_to_posteriors.h"

namespace saywell {

// `phones` are ARPAbet names, "-" is silence: "W IY - K AO L". Each takes `frames_each` frames.
Posteriors synthetic_posteriors(std::string_view phones, std::size_t frames_each = 3);

}  // namespace saywell
