// Any text as a message of the WebSocket protocol: refused with code 40031, or a command whose
// figures are within their ranges.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "wire/audio_front.h"
#include "wire/stream_command.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::string_view front = text.substr(0, saywell::kAudioFrontBytes);
  if (front.size() == saywell::kAudioFrontBytes && !saywell::is_container(front)) std::abort();
  const auto command = saywell::parse_stream_command(text);
  if (!command.ok()) {
    if (command.status().code() != saywell::Code::kBadParameter) std::abort();
    return 0;
  }
  if (const auto* start = std::get_if<saywell::StartCommand>(&*command)) {
    const saywell::DeclaredAudio& audio = start->audio;
    if (audio.sample_rate_hz < 8000 || audio.channels < 1 || audio.sample_bytes != 2) std::abort();
    if (!(start->silence_s >= 0.2 && start->silence_s <= 10)) std::abort();
  }
  return 0;
}
