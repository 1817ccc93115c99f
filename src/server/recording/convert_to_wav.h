// A recording of any container as a WAV file.
#pragma once

#include <string>
#include <string_view>

#include "saywell/status.h"

namespace saywell {

// 16 kHz mono, 16 bit. Errors: as media_bytes_to_pcm(). Pure; callable from any thread.
Result<std::string> convert_to_wav(std::string_view recording);

}  // namespace saywell
