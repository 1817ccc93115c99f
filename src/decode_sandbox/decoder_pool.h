// Decodes in helper processes: media from outside that crashes, hangs or fills a decoder costs one
// recording, not the server.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "audio/media_to_pcm.h"
#include "base/threads/mutex.h"
#include "decode_sandbox/helper_process.h"
#include "saywell/status.h"

namespace saywell {

class LiveDecoder;

// Thread-safe. Outlives its LiveDecoders.
class DecoderPool {
 public:
  struct Options {
    decoder::HelperLimits limits;
    std::chrono::milliseconds timeout{10'000};  // of one recording
    std::size_t kept_idle = 4;                  // helpers that wait for the next recording
    std::size_t max_live = 64;
  };

  // Starts `kept_idle` helpers, so that the first recordings need not wait for them.
  explicit DecoderPool(const Options& options);
  ~DecoderPool();
  DecoderPool(const DecoderPool&) = delete;
  DecoderPool& operator=(const DecoderPool&) = delete;

  // A whole recording. Waits for it. Errors: as media_bytes_to_pcm(), with 40031 for more than
  // `max_duration_s`; 40003 also when the decoder needed too long or too much memory, or crashed
  // (if it had been idle, when a fresh one crashed too); 500 no helper can be started.
  Result<Recording> decode(std::span<const std::byte> bytes, double max_duration_s);

  // For a recording that is still arriving. Errors: 503 max_live are already open; 500 as above.
  Result<std::unique_ptr<LiveDecoder>> open_live();

 private:
  friend class LiveDecoder;
  using Helper = std::unique_ptr<decoder::HelperProcess>;

  // `gone`: the helper ended before it answered.
  Result<Recording> decode_by(Helper helper, std::span<const std::byte> bytes,
                              double max_duration_s, bool& gone);
  Result<Helper> take();
  Helper take_idle();
  void give_back(Helper helper);
  void end_live(Helper helper);

  const Options options_;
  Mutex mutex_;
  std::vector<Helper> idle_ SAYWELL_GUARDED_BY(mutex_);
  // Received a live recording's end and have not confirmed it.
  std::vector<Helper> ending_ SAYWELL_GUARDED_BY(mutex_);
  std::size_t live_ SAYWELL_GUARDED_BY(mutex_) = 0;
};

// One recording that is decoded while it arrives. One thread at a time.
class LiveDecoder {
 public:
  ~LiveDecoder();
  LiveDecoder(const LiveDecoder&) = delete;
  LiveDecoder& operator=(const LiveDecoder&) = delete;

  // Takes the next bytes and returns the samples (16 kHz) that were decoded meanwhile. Waits until
  // everything that can be decoded is decoded, so that speech sent faster than real time is not
  // heard late; but at most 100 ms, and not at all while the decoder is behind. After the decoder
  // failed or got stuck it returns none; decode() then decides about the recording.
  std::vector<float> push(std::string_view bytes);

 private:
  friend class DecoderPool;
  LiveDecoder(DecoderPool& pool, std::unique_ptr<decoder::HelperProcess> helper)
      : pool_(pool), helper_(std::move(helper)) {}

  bool receive(std::vector<float>& samples);

  DecoderPool& pool_;
  std::unique_ptr<decoder::HelperProcess> helper_;  // null after a failure
  std::size_t untaken_ = 0;                         // messages that it has not confirmed yet
};

}  // namespace saywell
