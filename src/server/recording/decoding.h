// Decodes media from outside: in helper processes in the server, in a simpler way in tests.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <span>

#include "audio/media_to_pcm.h"
#include "decode_sandbox/decoder_pool.h"
#include "saywell/status.h"

namespace saywell {

// Both thread-safe, with the errors of DecoderPool::decode() and open_live().
struct Decoding {
  std::function<Result<Recording>(std::span<const std::byte> bytes, double max_duration_s)> whole;
  std::function<Result<std::unique_ptr<LiveDecoder>>()> live;
};

}  // namespace saywell
