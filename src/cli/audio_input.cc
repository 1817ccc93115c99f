#include "cli/audio_input.h"

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>

#include "audio/byte_source.h"

namespace saywell::cli {

void add_audio_argument(OptionSet app, std::string& audio) {
  app.add_option(
         "AUDIO", audio,
         "Recording: WAV, FLAC, MP3, Ogg, WebM, M4A/MP4 or FLV, recognised by its content; - reads "
         "standard input")
      .required();
}

bool is_piped(const std::string& audio) {
  std::error_code ignored;
  return audio == "-" || std::filesystem::is_fifo(audio, ignored);
}

Result<std::vector<std::byte>> read_piped(const std::string& audio, const DecodeLimits& limits) {
  if (audio == "-") return read_stream(STDIN_FILENO, limits.max_bytes);
  const int descriptor = open(audio.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return Status(Code::kFileUnreadable, "'" + audio + "' cannot be opened");
  Result<std::vector<std::byte>> bytes = read_stream(descriptor, limits.max_bytes);
  close(descriptor);
  return bytes;
}

Result<Recording> read_audio(const std::string& audio, const DecodeLimits& limits) {
  if (!is_piped(audio)) return media_file_to_pcm(audio, limits);
  const Result<std::vector<std::byte>> bytes = read_piped(audio, limits);
  return bytes.ok() ? media_bytes_to_pcm(*bytes, limits) : bytes.status();
}

}  // namespace saywell::cli
