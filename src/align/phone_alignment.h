// The time and place of each phone: two finer alignments of the path's events.
//
// The chain of the phones of all events is aligned by Viterbi search: to the framewise posteriors
// with silence allowed around every token, and to the CTC posteriors with blank allowed around
// every phone. Each token stays near the frames of the path, so that the cost is linear in the
// length.
#pragma once

#include <vector>

#include "align/alignment.h"
#include "saywell/status.h"

namespace saywell {

// The events of a path through `text` with the phones of their variants, neither timed nor located.
std::vector<AlignedEvent> with_phones(const std::vector<PathEvent>& path, const TextVariants& text);

// Fills AlignedPhone::frames of all phones of `events`, which have their phones' ids; every phone
// has at least one frame. Code 20303 when there are more phones than frames.
Status time_phones(const Posteriors& posteriors, std::vector<AlignedEvent>& events);

// Fills AlignedPhone::peak_frame and window in the same way, with the same failure.
Status locate_phones(const Posteriors& posteriors, std::vector<AlignedEvent>& events);

}  // namespace saywell
