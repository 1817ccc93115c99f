// Text to a voice: flite with the voice "slt" (CMU, statistical parametric).
//
// Zen, Tokuda, Black, "Statistical parametric speech synthesis", Speech Communication 51, 2009.
#pragma once

#include <string>
#include <vector>

#include "saywell/status.h"

namespace saywell {

inline constexpr double kSlowestSpeech = 0.5, kFastestSpeech = 1.5;

// 16 kHz mono, full scale [-1, 1]: the sentences one after the other with a pause between. `speed`
// is kSlowestSpeech to kFastestSpeech, 1 the voice's own. REQUIRES: sentences in plain ASCII.
//
// Codes: 40031 the speed is out of its range, or the voice says nothing of the text · 500 the voice
// cannot be opened. Thread-safe. The voice's breath is noise and differs from call to call. Takes
// about a tenth of the speech's duration, and memory in proportion to the longest sentence.
Result<std::vector<float>> text_to_speech(const std::vector<std::string>& sentences, double speed);

}  // namespace saywell
