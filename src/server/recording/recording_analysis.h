// What a recording sounds like over time, for pictures of it: F0 and where somebody speaks.
#pragma once

#include <boost/json/object.hpp>

#include "audio/media_to_pcm.h"
#include "saywell/status.h"
#include "signal/vad.h"

namespace saywell {

// {"duration", "f0": {"start", "step", "hz"}, "speech": [{"start", "end"}]}: times in ms; `hz` has
// one number every `step`, the first at `start`, 0 where the voice does not sound.
// Errors: as pcm_to_f0(), pcm_to_speech_probabilities(). Thread-safe.
Result<boost::json::object> analyse_recording(const Recording& recording, const VadModel& vad);

}  // namespace saywell
