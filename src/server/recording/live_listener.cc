#include "server/recording/live_listener.h"

#include <cstdint>
#include <cstring>
#include <utility>

#include "audio/media_to_pcm.h"

namespace saywell {
namespace {

// The mean of a frame's channels, full scale [-1, 1].
float frame_level(const char* frame, std::size_t channels) {
  float sum = 0;
  for (std::size_t channel = 0; channel < channels; ++channel) {
    std::int16_t sample = 0;
    std::memcpy(&sample, frame + channel * sizeof(sample), sizeof(sample));
    sum += static_cast<float>(sample) / 32768.0F;
  }
  return sum / static_cast<float>(channels);
}

}  // namespace

LiveListener::LiveListener(std::shared_ptr<const VadModel> vad, const DeclaredAudio& audio,
                           double silence_s, Resampler resampler)
    : vad_(std::move(vad)),
      frame_bytes_(static_cast<std::size_t>(audio.channels) * sizeof(std::int16_t)),
      resampler_(std::move(resampler)),
      end_of_speech_(*vad_, {.silence_s = silence_s}) {}

Result<std::unique_ptr<LiveListener>> LiveListener::open(std::shared_ptr<const VadModel> vad,
                                                         const DeclaredAudio& audio,
                                                         double silence_s) {
  Result<Resampler> resampler = Resampler::open(audio.sample_rate_hz, kSampleRateHz);
  if (!resampler.ok()) return resampler.status();
  return std::unique_ptr<LiveListener>(
      new LiveListener(std::move(vad), audio, silence_s, *std::move(resampler)));
}

Result<bool> LiveListener::push(std::string_view bytes) {
  cut_.append(bytes);
  const std::size_t frames = cut_.size() / frame_bytes_;
  std::vector<float> mono(frames);
  for (std::size_t i = 0; i < frames; ++i) {
    mono[i] = frame_level(cut_.data() + i * frame_bytes_, frame_bytes_ / sizeof(std::int16_t));
  }
  cut_.erase(0, frames * frame_bytes_);
  std::vector<float> samples;
  resampler_.push(mono, samples);
  return end_of_speech_.push(samples);
}

}  // namespace saywell
