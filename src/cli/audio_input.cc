#include "cli/audio_input.h"

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <vector>

#include "audio/byte_source.h"

namespace saywell::cli {
namespace {

Result<Recording> decode_stream(int descriptor, const DecodeLimits& limits) {
  const Result<std::vector<std::byte>> bytes = read_stream(descriptor, limits.max_bytes);
  return bytes.ok() ? media_bytes_to_pcm(*bytes, limits) : bytes.status();
}

}  // namespace

void add_audio_argument(CLI::App& app, std::string& audio) {
  app.add_option(
         "AUDIO", audio,
         "Recording: WAV, FLAC, MP3, Ogg, WebM, M4A/MP4 or FLV, told by its content; - reads "
         "standard input")
      ->required();
}

Result<Recording> read_audio(const std::string& audio, const DecodeLimits& limits) {
  if (audio == "-") return decode_stream(STDIN_FILENO, limits);
  std::error_code ignored;
  if (!std::filesystem::is_fifo(audio, ignored)) return media_file_to_pcm(audio, limits);
  const int descriptor = open(audio.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return Status(Code::kFileUnreadable, "'" + audio + "' cannot be opened");
  Result<Recording> recording = decode_stream(descriptor, limits);
  close(descriptor);
  return recording;
}

}  // namespace saywell::cli
