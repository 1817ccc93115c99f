// An Assessment or a Transcript as a Praat TextGrid.
#pragma once

#include <string>

#include "format/presentation.h"
#include "saywell/result.h"
#include "saywell/transcript.h"

namespace saywell {

// The long text format of Praat ("TextGrid file formats" in its manual), UTF-8, with the interval
// tiers words and phones (as asked for), heard (the phone heard in the place of each) and extra
// (speech outside the text). The intervals of a tier follow one another without a gap from 0 to the
// end of the audio, empty where nothing was said; times are whole ms. Of two overlapping spans the
// later one starts at the end of the earlier one. Pure; callable from any thread.
std::string assessment_to_textgrid(const Assessment& assessment, Alphabet alphabet);

// The same of a transcript: the one tier words. Pure; callable from any thread.
std::string transcript_to_textgrid(const Transcript& transcript);

}  // namespace saywell
