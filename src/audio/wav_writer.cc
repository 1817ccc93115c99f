#include "audio/wav_writer.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string_view>

#include "audio/media_to_pcm.h"

namespace saywell {
namespace {

void append_text(std::vector<std::byte>& bytes, std::string_view text) {
  for (const char c : text) bytes.push_back(static_cast<std::byte>(c));
}

// Little-endian, as all of RIFF.
void append_number(std::vector<std::byte>& bytes, std::uint32_t value, int byte_count) {
  for (int i = 0; i < byte_count; ++i)
    bytes.push_back(static_cast<std::byte>(value >> (8 * i) & 0xFF));
}

}  // namespace

std::vector<std::byte> pcm_to_wav(std::span<const float> samples) {
  constexpr std::uint32_t kHeaderBytes = 44;
  constexpr std::uint32_t kSampleBytes = 2;
  const auto data_bytes = static_cast<std::uint32_t>(samples.size() * kSampleBytes);
  std::vector<std::byte> bytes;
  bytes.reserve(kHeaderBytes + data_bytes);
  append_text(bytes, "RIFF");
  append_number(bytes, kHeaderBytes - 8 + data_bytes, 4);
  append_text(bytes, "WAVEfmt ");
  append_number(bytes, 16, 4);  // bytes of the format block
  append_number(bytes, 1, 2);   // integer PCM
  append_number(bytes, 1, 2);   // channels
  append_number(bytes, kSampleRateHz, 4);
  append_number(bytes, kSampleRateHz * kSampleBytes, 4);
  append_number(bytes, kSampleBytes, 2);
  append_number(bytes, 8 * kSampleBytes, 2);
  append_text(bytes, "data");
  append_number(bytes, data_bytes, 4);
  for (const float sample : samples) {
    const float scaled = std::clamp(std::round(sample * 32768), -32768.0F, 32767.0F);
    append_number(bytes, static_cast<std::uint32_t>(static_cast<std::int32_t>(scaled)),
                  kSampleBytes);
  }
  return bytes;
}

}  // namespace saywell
