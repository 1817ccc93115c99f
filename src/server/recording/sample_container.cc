#include "server/recording/sample_container.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/core_type.h"

namespace saywell {
namespace {

struct FileKind {
  std::string_view magic;
  std::string_view extension;
  std::string_view content_type;
};

using namespace std::string_view_literals;

constexpr std::array<FileKind, 9> kKinds = {{{"RIFF"sv, "wav", "audio/wav"},
                                             {"OggS"sv, "ogg", "audio/ogg"},
                                             {"\x1A\x45\xDF\xA3"sv, "webm", "audio/webm"},
                                             {"fLaC"sv, "flac", "audio/flac"},
                                             {"ID3"sv, "mp3", "audio/mpeg"},
                                             {"\xFF\xF1"sv, "aac", "audio/aac"},
                                             {"\xFF"sv, "mp3", "audio/mpeg"},
                                             {"FLV"sv, "flv", "video/x-flv"},
                                             {"#!AMR"sv, "amr", "audio/amr"}}};
constexpr FileKind kMp4 = {"ftyp", "m4a", "audio/mp4"};

void put_le(std::string& text, std::uint32_t value, int bytes) {
  for (int i = 0; i < bytes; ++i, value >>= 8) text += static_cast<char>(value & 255);
}

}  // namespace

std::string wav_head(const DeclaredAudio& audio, std::size_t sample_bytes) {
  const auto size = static_cast<std::uint32_t>(sample_bytes);
  const auto rate_hz = static_cast<std::uint32_t>(audio.sample_rate_hz);
  const auto frame_bytes = static_cast<std::uint32_t>(audio.channels * audio.sample_bytes);
  std::string head = "RIFF";
  put_le(head, size + 36, 4);
  head += "WAVEfmt ";
  put_le(head, 16, 4);
  put_le(head, 1, 2);  // PCM
  put_le(head, static_cast<std::uint32_t>(audio.channels), 2);
  put_le(head, rate_hz, 4);
  put_le(head, rate_hz * frame_bytes, 4);
  put_le(head, frame_bytes, 2);
  put_le(head, static_cast<std::uint32_t>(audio.sample_bytes * 8), 2);
  head += "data";
  put_le(head, size, 4);
  return head;
}

std::string extension_of(std::string_view front) {
  if (front.size() > 8 && front.substr(4, 4) == kMp4.magic) return std::string(kMp4.extension);
  const auto* found = std::find_if(kKinds.begin(), kKinds.end(), [&](const FileKind& kind) {
    return front.substr(0, kind.magic.size()) == kind.magic;
  });
  return found == kKinds.end() ? "bin" : std::string(found->extension);
}

std::string content_type_of(std::string_view extension) {
  if (extension == kMp4.extension) return std::string(kMp4.content_type);
  const auto* found = std::find_if(kKinds.begin(), kKinds.end(), [&](const FileKind& kind) {
    return kind.extension == extension;
  });
  return found == kKinds.end() ? "application/octet-stream" : std::string(found->content_type);
}

double estimated_audio_s(double bytes, std::string_view extension) {
  constexpr double kLongestS = 180;
  constexpr double kWavBytesPerS = 32'000;  // 16 kHz, 16 bit
  constexpr double kOtherBytesPerS = 6'000;
  return std::min(kLongestS, bytes / (extension == "wav" ? kWavBytesPerS : kOtherBytesPerS));
}

double longest_recording_s(std::string_view core_type, const ApplicationLimits& limits) {
  const bool word = core_type.find(".word.") != std::string_view::npos;
  const bool sentence =
      core_type.find(".sent.") != std::string_view::npos || core_type == kRealTimeCoreType;
  return static_cast<double>(word       ? limits.word_max_s
                             : sentence ? limits.sentence_max_s
                                        : limits.paragraph_max_s);
}

}  // namespace saywell
