// Names, types and durations of a recording's bytes: samples in a WAV file, and others.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "config/server_config.h"
#include "wire/stream_command.h"

namespace saywell {

// The 44 bytes before `sample_bytes` of samples in a WAV file.
std::string wav_head(const DeclaredAudio& audio, std::size_t sample_bytes);

// "wav", "ogg", "webm" …, by the first bytes; "bin" when they are not known.
std::string extension_of(std::string_view front);

// Of the files with such an extension; "application/octet-stream" for others.
std::string content_type_of(std::string_view extension);

// A guess at how long an encoded recording lasts, for planning; never more than the longest.
double estimated_audio_s(double bytes, std::string_view extension);

// The longest recording that a coreType (empty: any) takes of an application.
double longest_recording_s(std::string_view core_type, const ApplicationLimits& limits);

}  // namespace saywell
