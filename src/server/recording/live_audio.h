// The samples of a recording while it arrives, for users before its end.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "decode_sandbox/decoder_pool.h"
#include "saywell/status.h"
#include "wire/stream_command.h"

namespace saywell {

// One recording. One thread at a time.
class LiveAudio {
 public:
  virtual ~LiveAudio() = default;

  // Turns bytes of the recording, cut anywhere, into samples of 16 kHz, which may come later.
  virtual std::vector<float> push(std::string_view bytes) = 0;
};

// Of 16-bit samples, little-endian. Code 40003 when the rate cannot be converted.
Result<std::unique_ptr<LiveAudio>> sound_of_samples(const DeclaredAudio& audio);

std::unique_ptr<LiveAudio> sound_of_container(std::unique_ptr<LiveDecoder> decoder);

}  // namespace saywell
