// 16 kHz mono samples as a WAV file of 16-bit PCM.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace saywell {

// The whole file, header included. Samples are rounded to the nearest 16-bit value; those beyond
// full scale are clamped. Samples that media_bytes_to_pcm() read from a 16-bit WAV are written back
// bit for bit. REQUIRES: samples.size() < 2^31 - 64 (a WAV header counts its bytes in 32 bits).
std::vector<std::byte> pcm_to_wav(std::span<const float> samples);

}  // namespace saywell
