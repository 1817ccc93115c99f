// When each word of a text was said, by our own phone alignment.
#pragma once

#include <vector>

#include "acoustic/embeddings_to_posteriors.h"
#include "base/time_region.h"
#include "text/reference_text.h"

namespace saywell {

// The frames of `all` that are in [first_frame, end_frame) of the recording's frame clock.
Posteriors posteriors_between(const Posteriors& all, std::size_t first_frame,
                              std::size_t end_frame);

// One region per token of `text`, in order, apart from each other: all of them are taken as said.
// Code 20303 when their phones do not fit into the frames. Pure.
Result<std::vector<TimeRegion>> align_words(const Posteriors& posteriors,
                                            const ReferenceText& text);

}  // namespace saywell
