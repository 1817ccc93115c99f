// Any recording, in any supported container, to 16 kHz mono float samples.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "saywell/status.h"

namespace saywell {

class ByteSource;

inline constexpr int kSampleRateHz = 16000;

struct DecodeLimits {
  std::size_t max_bytes = 400'000'000;  // of the encoded recording
  double max_duration_s = 3600;         // of the decoded recording
};

// The format of the recording before conversion.
struct SourceFormat {
  std::string container;  // libavformat's short name, e.g. "wav"
  std::string codec;      // libavcodec's name, e.g. "pcm_s16le"
  int sample_rate_hz = 0;
  int channels = 0;
};

struct Recording {
  std::vector<float> samples;  // 16 kHz mono, full scale is [-1, 1]
  SourceFormat source;
  // 0–1, of the worst channel's samples, before resampling; see clip_meter.h.
  double clipped_share = 0;

  double duration_s() const { return static_cast<double>(samples.size()) / kSampleRateHz; }
};

// The container is sniffed from the content; a file name's extension plays no part.
// Errors: 40001 no such file · 40002 exists but cannot be opened or read, or is no regular file ·
// 40004 at most 13 bytes · 40003 not audio, broken, or an unsupported codec · 20002 audio without
// samples · 40031 longer or larger than the limits. Thread-safe.
Result<Recording> media_file_to_pcm(const std::string& path, const DecodeLimits& limits = {});
Result<Recording> media_bytes_to_pcm(std::span<const std::byte> bytes,
                                     const DecodeLimits& limits = {});

// The same from bytes that may still be arriving (ByteSource::seekable()). `on_samples` receives
// the samples in order, as soon as they are decoded; only the last few milliseconds are in the
// recording alone. A file with its index at its end (MP4) cannot be decoded before its end has
// arrived.
using OnSamples = std::function<void(std::span<const float> samples)>;
Result<Recording> media_source_to_pcm(ByteSource& source, const DecodeLimits& limits,
                                      const OnSamples& on_samples);

}  // namespace saywell
