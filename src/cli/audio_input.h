// The AUDIO argument of every command: a file name, or "-" for standard input.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "audio/media_to_pcm.h"
#include "cli/line/options.h"
#include "saywell/status.h"

namespace saywell::cli {

// Adds the required positional AUDIO, with its help text, and binds it to `audio`.
void add_audio_argument(OptionSet app, std::string& audio);

// Whether AUDIO is standard input or a named pipe, which are read to their end first.
bool is_piped(const std::string& audio);

// The bytes of an AUDIO that is_piped(). Errors: those of read_stream(); 40002 a pipe that cannot
// be opened.
Result<std::vector<std::byte>> read_piped(const std::string& audio,
                                          const DecodeLimits& limits = {});

// Decodes AUDIO. A named pipe is read to its end, as standard input is. Errors: those of
// media_file_to_pcm() and read_stream().
Result<Recording> read_audio(const std::string& audio, const DecodeLimits& limits = {});

}  // namespace saywell::cli
