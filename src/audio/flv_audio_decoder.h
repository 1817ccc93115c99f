// The audio of an FLV or RTMP stream to samples while it arrives, one payload at a time.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "saywell/status.h"

namespace saywell {

// One stream. One thread at a time. Which codec it is says the first byte of every payload; when
// that changes, the decoder is opened anew.
class FlvAudioDecoder {
 public:
  FlvAudioDecoder();
  ~FlvAudioDecoder();
  FlvAudioDecoder(const FlvAudioDecoder&) = delete;
  FlvAudioDecoder& operator=(const FlvAudioDecoder&) = delete;

  // Appends what `payload` (with its first byte) holds as 16 kHz mono. What a decoder refuses is
  // passed over, and so is an empty payload. Code 40003: a codec that is not known or cannot be
  // opened.
  Status push(std::span<const std::byte> payload, std::vector<float>& samples);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace saywell
