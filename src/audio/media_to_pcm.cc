#include "audio/media_to_pcm.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "audio/byte_source.h"
#include "audio/clip_meter.h"
#include "audio/frame_to_channels.h"
#include "audio/media_decoder.h"
#include "audio/resampler.h"
#include "base/status_macros.h"

extern "C" {
#include <libavutil/frame.h>
}

namespace saywell {
namespace {

constexpr std::int64_t kFlvHeaderBytes = 13;  // a bare header: nothing was recorded

// Takes decoded frames and builds the recording.
class RecordingBuilder {
 public:
  RecordingBuilder(const MediaDecoder& decoder, double max_duration_s)
      : max_duration_s_(max_duration_s) {
    recording_.source.container = decoder.container();
    recording_.source.codec = decoder.codec();
    step_ = decoder.sample_step();
    // Growing by doubling would hold a long recording twice.
    const double expected_s =
        std::clamp(decoder.declared_duration_s() + 1, 0.0, max_duration_s + 1);
    recording_.samples.reserve(static_cast<std::size_t>(expected_s * kSampleRateHz));
  }

  // Errors: 40003 samples that are no finite numbers · 40031 the recording is now too long.
  Status add(const AVFrame& frame) {
    RETURN_IF_ERROR(follow_rate(frame));
    RETURN_IF_ERROR(frame_to_channels(frame, channels_));
    measure_clipping();
    mix_channels();
    resampler_->push(mono_, recording_.samples);
    if (recording_.duration_s() > max_duration_s_) {
      return Status(
          Code::kBadParameter, "audio",
          "longer than the limit of " + std::to_string(std::llround(max_duration_s_)) + " s");
    }
    return Status();
  }

  const std::vector<float>& samples() const { return recording_.samples; }

  Result<Recording> finish() && {
    if (resampler_) resampler_->finish(recording_.samples);
    if (recording_.samples.empty())
      return Status(Code::kNoSamples, "the recording holds no samples");
    for (const ClipMeter& meter : clip_meters_) {
      recording_.clipped_share = std::max(recording_.clipped_share, meter.clipped_share());
    }
    return std::move(recording_);
  }

 private:
  // A stream may change its rate half-way (chained Ogg, HE-AAC found late).
  Status follow_rate(const AVFrame& frame) {
    if (resampler_ && frame.sample_rate == rate_hz_) return Status();
    if (resampler_) resampler_->finish(recording_.samples);
    ASSIGN_OR_RETURN(resampler_, Resampler::open(frame.sample_rate, kSampleRateHz));
    rate_hz_ = frame.sample_rate;
    recording_.source.sample_rate_hz = frame.sample_rate;
    recording_.source.channels = frame.ch_layout.nb_channels;
    return Status();
  }

  void measure_clipping() {
    while (clip_meters_.size() < channels_.size()) clip_meters_.emplace_back(step_);
    for (std::size_t c = 0; c < channels_.size(); ++c) clip_meters_[c].push(channels_[c]);
  }

  void mix_channels() {
    mono_ = channels_.front();
    for (std::size_t c = 1; c < channels_.size(); ++c) {
      std::transform(mono_.begin(), mono_.end(), channels_[c].begin(), mono_.begin(),
                     std::plus<>());
    }
    if (channels_.size() == 1) return;
    const float share = 1 / static_cast<float>(channels_.size());
    for (float& sample : mono_) sample *= share;
  }

  double max_duration_s_;
  Recording recording_;
  SampleStep step_;
  std::optional<Resampler> resampler_;
  int rate_hz_ = 0;
  std::vector<std::vector<float>> channels_;
  std::vector<ClipMeter> clip_meters_;  // one per channel
  std::vector<float> mono_;
};

Status check_size(const ByteSource& source, const DecodeLimits& limits) {
  if (!source.seekable()) return Status();
  if (source.size() <= kFlvHeaderBytes) {
    return Status(Code::kFileEmpty, "audio",
                  "the file has only " + std::to_string(source.size()) + " bytes");
  }
  if (static_cast<std::uint64_t>(source.size()) > limits.max_bytes) {
    return Status(Code::kBadParameter, "audio",
                  "larger than the limit of " + std::to_string(limits.max_bytes) + " bytes");
  }
  return Status();
}

}  // namespace

Result<Recording> media_source_to_pcm(ByteSource& source, const DecodeLimits& limits,
                                      const OnSamples& on_samples) {
  RETURN_IF_ERROR(check_size(source, limits));
  ASSIGN_OR_RETURN(MediaDecoder decoder, MediaDecoder::open(source));
  RecordingBuilder builder(decoder, limits.max_duration_s);
  std::size_t told = 0;
  while (true) {
    ASSIGN_OR_RETURN(const AVFrame* frame, decoder.next_frame());
    if (frame == nullptr) return std::move(builder).finish();
    RETURN_IF_ERROR(builder.add(*frame));
    if (on_samples) on_samples(std::span(builder.samples()).subspan(told));
    told = builder.samples().size();
  }
}

Result<Recording> media_file_to_pcm(const std::string& path, const DecodeLimits& limits) {
  ASSIGN_OR_RETURN(const std::unique_ptr<ByteSource> source, file_source(path));
  return media_source_to_pcm(*source, limits, {});
}

Result<Recording> media_bytes_to_pcm(std::span<const std::byte> bytes, const DecodeLimits& limits) {
  const std::unique_ptr<ByteSource> source = memory_source(bytes);
  return media_source_to_pcm(*source, limits, {});
}

}  // namespace saywell
