// A Transcript, and a sentence that was recognised, as JSON.
#pragma once

#include <boost/json.hpp>

#include "saywell/recognition.h"
#include "saywell/transcript.h"

namespace saywell {

// {"rec", "conf", "align": [{"txt", "start", "end", "conf"}]}, the result of en.asr.rec:
// confidences 0–1 with two decimals, times in whole ms. Pure; callable from any thread.
boost::json::object transcript_to_json(const Transcript& transcript);

// {"rec", "conf", "starttime", "endtime", "nbest": [{"rec", "conf"}]}, likewise: the result of
// en.sent.rec. Pure; callable from any thread.
boost::json::object recognised_sentence_to_json(const RecognisedSentence& sentence);

}  // namespace saywell
