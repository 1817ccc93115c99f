// A Transcript as subtitles: SubRip (SRT) and WebVTT.
//
// A cue ends with its sentence, before a pause of at least 0.7 s, and before it would hold more
// than 84 characters (two lines of 42) or last longer than 7 s, the usual limits of subtitles.
#pragma once

#include <string>

#include "saywell/transcript.h"

namespace saywell {

// Numbered cues with "00:01:02,345 --> 00:01:04,000"; empty without words. Pure; callable from any
// thread.
std::string transcript_to_srt(const Transcript& transcript);

// "WEBVTT", then cues with "00:01:02.345 --> 00:01:04.000"; the text's "&", "<" and ">" are
// escaped. Pure; callable from any thread.
std::string transcript_to_vtt(const Transcript& transcript);

}  // namespace saywell
