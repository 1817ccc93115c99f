// An Assessment as text for a terminal.
#pragma once

#include <string>
#include <string_view>

#include "format/presentation.h"
#include "saywell/result.h"

namespace saywell::cli {

// The scores of the reading with bars; each word with its phones, coloured by score (very good
// #00FF00 from 85 on, good #FFD800 from 70, bad #FF6A00 from 50, very bad #FF0000); the phones
// heard where they differ ("z>s" misread, "z>-" omitted, "z+ah" added), and the scores of phones
// below good; then the quality of the audio and the time taken. The values are those of the JSON.
// With `coloured` the text has ANSI colours (24 bit). Pure; callable from any thread.
std::string assessment_table(const Assessment& assessment, std::string_view ref_text,
                             const Presentation& presentation, bool coloured);

// Whether `when` ("auto", "always", "never") asks for colours on standard output; auto: if it is a
// terminal with colours and NO_COLOR is not set.
bool wants_colour(std::string_view when);

}  // namespace saywell::cli
