// Hears 16-bit samples while they arrive, for the end of speech.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "audio/resampler.h"
#include "http/stream_command.h"
#include "saywell/status.h"
#include "signal/end_of_speech.h"

namespace saywell {

// One recording. One thread at a time.
class LiveListener {
 public:
  // Code 40003 when the rate cannot be converted.
  static Result<std::unique_ptr<LiveListener>> open(std::shared_ptr<const VadModel> vad,
                                                    const DeclaredAudio& audio, double silence_s);

  // Little-endian samples, cut anywhere. True once the speech has ended. Errors: as
  // EndOfSpeech::push().
  Result<bool> push(std::string_view bytes);

 private:
  LiveListener(std::shared_ptr<const VadModel> vad, const DeclaredAudio& audio, double silence_s,
               Resampler resampler);

  const std::shared_ptr<const VadModel> vad_;
  const std::size_t frame_bytes_;
  Resampler resampler_;
  EndOfSpeech end_of_speech_;
  std::string cut_;  // the front of a frame whose rest has not arrived
};

}  // namespace saywell
