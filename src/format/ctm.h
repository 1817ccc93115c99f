// An Assessment or a Transcript as CTM, the time-marked transcript of NIST's scoring tools
// (sclite).
#pragma once

#include <string>
#include <string_view>

#include "format/presentation.h"
#include "saywell/result.h"
#include "saywell/transcript.h"

namespace saywell {

// One line per spoken span: "RECORDING 1 START DURATION TEXT CONFIDENCE", with times in seconds of
// three decimals and score / 100 as confidence. First the words under the comment line ";; words",
// then the phones under ";; phones". White space in `recording` becomes "_". Pure;
// callable from any thread.
std::string assessment_to_ctm(const Assessment& assessment, std::string_view recording,
                              Alphabet alphabet);

// The same of a transcript: words alone, with their confidence. Pure; callable from any thread.
std::string transcript_to_ctm(const Transcript& transcript, std::string_view recording);

}  // namespace saywell
