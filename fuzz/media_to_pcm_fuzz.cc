// Any bytes as a recording: a code, or finite samples within the limits.
//
// Seeds (fuzz/corpus/media_to_pcm): a tenth of a second of a 440 Hz tone in each container, made
// with ffmpeg (-f lavfi -i sine=duration=0.1, -bitexact), and WAV headers with wrong claims.
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "audio/media_to_pcm.h"

namespace {

using namespace saywell;

void require(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  DecodeLimits limits;
  limits.max_duration_s = 10;
  const Result<Recording> recording =
      media_bytes_to_pcm(std::as_bytes(std::span(data, size)), limits);
  if (!recording.ok()) {
    require(!recording.status().detail().empty());
    return 0;
  }
  require(!recording->samples.empty() && recording->duration_s() <= limits.max_duration_s + 1);
  require(recording->clipped_share >= 0 && recording->clipped_share <= 1);
  for (const float sample : recording->samples) require(std::isfinite(sample));
  return 0;
}
