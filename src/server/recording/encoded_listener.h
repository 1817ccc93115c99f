// Hears the audio of an FLV or RTMP stream while it arrives, for the end of speech.
#pragma once

#include <memory>
#include <vector>

#include "audio/flv_audio_decoder.h"
#include "saywell/status.h"
#include "signal/end_of_speech.h"

namespace saywell {

// One recording. One thread at a time.
class EncodedListener {
 public:
  EncodedListener(std::shared_ptr<const VadModel> vad, double silence_s)
      : vad_(std::move(vad)), end_of_speech_(*vad_, {.silence_s = silence_s}) {}

  // One payload with its first byte. True once the speech has ended. Errors: as
  // FlvAudioDecoder::push() and EndOfSpeech::push().
  Result<bool> push(std::span<const std::byte> payload) {
    samples_.clear();
    if (Status decoded = decoder_.push(payload, samples_); !decoded.ok()) return decoded;
    return end_of_speech_.push(samples_);
  }

 private:
  const std::shared_ptr<const VadModel> vad_;
  FlvAudioDecoder decoder_;
  EndOfSpeech end_of_speech_;
  std::vector<float> samples_;
};

}  // namespace saywell
