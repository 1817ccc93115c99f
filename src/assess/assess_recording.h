// Assessing what was decoded elsewhere: in another process, for instance.
#pragma once

#include "audio/media_to_pcm.h"
#include "saywell/assessor.h"

namespace saywell {

// As Assessor::assess_bytes() from the decoded recording on. Thread-safe.
Result<Assessment> assess_recording(const Assessor& assessor, Recording recording,
                                    const Request& request);

}  // namespace saywell
