#include "server/recording/convert_to_wav.h"

#include "audio/media_to_pcm.h"
#include "audio/wav_writer.h"

namespace saywell {

Result<std::string> convert_to_wav(std::string_view recording) {
  const Result<Recording> pcm =
      media_bytes_to_pcm(std::as_bytes(std::span(recording.data(), recording.size())));
  if (!pcm.ok()) return pcm.status();
  const std::vector<std::byte> wav = pcm_to_wav(pcm->samples);
  return std::string(reinterpret_cast<const char*>(wav.data()), wav.size());
}

}  // namespace saywell
