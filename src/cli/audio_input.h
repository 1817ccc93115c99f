// The AUDIO argument every command takes: a file name, or "-" for standard input.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "audio/media_to_pcm.h"
#include "saywell/status.h"

namespace saywell::cli {

// Adds the required positional AUDIO, with its help text, and binds it to `audio`.
void add_audio_argument(CLI::App& app, std::string& audio);

// Decodes AUDIO. A named pipe is read to its end, as standard input is. Errors: those of
// media_file_to_pcm() and read_stream().
Result<Recording> read_audio(const std::string& audio, const DecodeLimits& limits = {});

}  // namespace saywell::cli
