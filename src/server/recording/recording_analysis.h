// A recording over time, for drawings: F0 and regions of speech.
#pragma once

#include <boost/json/object.hpp>

#include "audio/media_to_pcm.h"
#include "saywell/status.h"
#include "signal/vad.h"

namespace saywell {

// {"duration", "f0": {"start", "step", "hz"}, "speech": [{"start", "end"}]}: times in ms; `hz` has
// one value every `step`, the first at `start`; 0 is unvoiced. Errors: as pcm_to_f0(),
// pcm_to_speech_probabilities(). Thread-safe.
Result<boost::json::object> analyse_recording(const Recording& recording, const VadModel& vad);

}  // namespace saywell
