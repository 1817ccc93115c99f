#include "wire/audio_front.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace saywell {
namespace {

using namespace std::string_view_literals;

constexpr std::array kMagics = {"RIFF"sv, "RF64"sv,  "OggS"sv,  "fLaC"sv,
                                "ID3"sv,  "FLV\1"sv, "#!AMR"sv, "\x1A\x45\xDF\xA3"sv};
constexpr std::size_t kLongestMagic = 8;  // "ftyp" follows four bytes of length
constexpr std::size_t kFrameHeaderBytes = 6;

unsigned byte_at(std::string_view bytes, std::size_t i) {
  return static_cast<unsigned char>(bytes[i]);
}

// Bytes of the ADTS frame (ISO 13818-7) that begins here; 0: none does.
std::size_t adts_frame_bytes(std::string_view head) {
  const bool sync = byte_at(head, 0) == 0xFF && (byte_at(head, 1) & 0xF6) == 0xF0;
  if (!sync || ((byte_at(head, 2) >> 2) & 15) > 12) return 0;
  const std::size_t bytes =
      (byte_at(head, 3) & 3) << 11 | byte_at(head, 4) << 3 | byte_at(head, 5) >> 5;
  return bytes > 7 ? bytes : 0;
}

// Bytes of the MPEG layer III frame (ISO 11172-3, 13818-3) that begins here; 0: none does.
std::size_t mp3_frame_bytes(std::string_view head) {
  constexpr std::array<std::uint16_t, 15> kKbitOfMpeg1 = {0,   32,  40,  48,  56,  64,  80, 96,
                                                          112, 128, 160, 192, 224, 256, 320};
  constexpr std::array<std::uint16_t, 15> kKbitOfMpeg2 = {0,  8,  16, 24,  32,  40,  48, 56,
                                                          64, 80, 96, 112, 128, 144, 160};
  constexpr std::array<std::uint32_t, 3> kRatesHz = {44100, 48000, 32000};
  const unsigned version = (byte_at(head, 1) >> 3) & 3;  // 3: MPEG 1, 2: MPEG 2, 0: MPEG 2.5
  const bool sync = byte_at(head, 0) == 0xFF && (byte_at(head, 1) & 0xE6) == 0xE2;
  const unsigned bit_rate = byte_at(head, 2) >> 4;
  const unsigned rate = (byte_at(head, 2) >> 2) & 3;
  if (!sync || version == 1 || bit_rate == 0 || bit_rate == 15 || rate == 3) return 0;
  const bool mpeg1 = version == 3;
  const std::uint32_t rate_hz = kRatesHz[rate] / (mpeg1 ? 1 : version == 2 ? 2 : 4);
  const std::uint32_t kbit = mpeg1 ? kKbitOfMpeg1[bit_rate] : kKbitOfMpeg2[bit_rate];
  return (mpeg1 ? 144'000 : 72'000) * kbit / rate_hz + ((byte_at(head, 2) >> 1) & 1);
}

// Two frames in a row: one header alone may be two samples.
std::optional<bool> is_frame_stream(std::string_view front,
                                    std::size_t (*frame_bytes)(std::string_view head)) {
  const std::size_t first = frame_bytes(front);
  if (first == 0 || first + kFrameHeaderBytes > kAudioFrontBytes) return false;
  if (front.size() < first + kFrameHeaderBytes) return std::nullopt;
  return frame_bytes(front.substr(first)) != 0;
}

}  // namespace

std::optional<bool> is_container(std::string_view front) {
  if (front.size() < kLongestMagic) return std::nullopt;
  const bool magic = std::any_of(kMagics.begin(), kMagics.end(), [&](std::string_view candidate) {
    return front.substr(0, candidate.size()) == candidate;
  });
  if (magic || front.substr(4, 4) == "ftyp") return true;
  const std::optional<bool> adts = is_frame_stream(front, adts_frame_bytes);
  const std::optional<bool> mp3 = is_frame_stream(front, mp3_frame_bytes);
  if (adts == true || mp3 == true) return true;
  if (!adts || !mp3) return std::nullopt;
  return false;
}

}  // namespace saywell
