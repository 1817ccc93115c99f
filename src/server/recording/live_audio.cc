#include "server/recording/live_audio.h"

#include <cstdint>
#include <cstring>
#include <string>
#include <utility>

#include "audio/media_to_pcm.h"
#include "audio/resampler.h"
#include "base/status_macros.h"

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

class SampleSound final : public LiveAudio {
 public:
  SampleSound(int channels, Resampler resampler)
      : frame_bytes_(static_cast<std::size_t>(channels) * sizeof(std::int16_t)),
        resampler_(std::move(resampler)) {}

  std::vector<float> push(std::string_view bytes) override {
    cut_.append(bytes);
    std::vector<float> mono(cut_.size() / frame_bytes_);
    for (std::size_t i = 0; i < mono.size(); ++i) {
      mono[i] = frame_level(cut_.data() + i * frame_bytes_, frame_bytes_ / sizeof(std::int16_t));
    }
    cut_.erase(0, mono.size() * frame_bytes_);
    std::vector<float> samples;
    resampler_.push(mono, samples);
    return samples;
  }

 private:
  const std::size_t frame_bytes_;
  Resampler resampler_;
  std::string cut_;  // the start of a frame whose rest has not arrived
};

class ContainerSound final : public LiveAudio {
 public:
  explicit ContainerSound(std::unique_ptr<LiveDecoder> decoder) : decoder_(std::move(decoder)) {}
  std::vector<float> push(std::string_view bytes) override { return decoder_->push(bytes); }

 private:
  const std::unique_ptr<LiveDecoder> decoder_;
};

}  // namespace

Result<std::unique_ptr<LiveAudio>> sound_of_samples(const DeclaredAudio& audio) {
  ASSIGN_OR_RETURN(Resampler resampler, Resampler::open(audio.sample_rate_hz, kSampleRateHz));
  return std::unique_ptr<LiveAudio>(
      std::make_unique<SampleSound>(audio.channels, std::move(resampler)));
}

std::unique_ptr<LiveAudio> sound_of_container(std::unique_ptr<LiveDecoder> decoder) {
  return std::make_unique<ContainerSound>(std::move(decoder));
}

}  // namespace saywell
