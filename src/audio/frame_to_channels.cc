#include "audio/frame_to_channels.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <type_traits>

extern "C" {
#include <libavutil/frame.h>
#include <libavutil/samplefmt.h>
}

namespace saywell {
namespace {

constexpr float kMaxMagnitude = 65536;

template <class T>
float to_unit(T value) {
  if constexpr (std::is_floating_point_v<T>) {
    return static_cast<float>(value);
  } else if constexpr (std::is_same_v<T, std::uint8_t>) {
    return static_cast<float>(value - 128) / 128;
  } else {
    constexpr double kFullScale = static_cast<double>(std::numeric_limits<T>::max()) + 1;
    return static_cast<float>(static_cast<double>(value) / kFullScale);
  }
}

template <class T>
void copy_channel(const AVFrame& frame, int channel, std::vector<float>& target) {
  const bool planar = av_sample_fmt_is_planar(static_cast<AVSampleFormat>(frame.format)) != 0;
  const int stride = planar ? 1 : frame.ch_layout.nb_channels;
  const T* source = reinterpret_cast<const T*>(frame.extended_data[planar ? channel : 0]);
  if (!planar) source += channel;
  target.resize(static_cast<std::size_t>(frame.nb_samples));
  for (float& sample : target) {
    sample = to_unit(*source);
    source += stride;
  }
}

using CopyChannel = void (*)(const AVFrame&, int, std::vector<float>&);

CopyChannel copier_of(AVSampleFormat format) {
  switch (av_get_packed_sample_fmt(format)) {
    case AV_SAMPLE_FMT_U8:
      return copy_channel<std::uint8_t>;
    case AV_SAMPLE_FMT_S16:
      return copy_channel<std::int16_t>;
    case AV_SAMPLE_FMT_S32:
      return copy_channel<std::int32_t>;
    case AV_SAMPLE_FMT_S64:
      return copy_channel<std::int64_t>;
    case AV_SAMPLE_FMT_FLT:
      return copy_channel<float>;
    case AV_SAMPLE_FMT_DBL:
      return copy_channel<double>;
    default:
      return nullptr;
  }
}

}  // namespace

Status frame_to_channels(const AVFrame& frame, std::vector<std::vector<float>>& channels) {
  const CopyChannel copy = copier_of(static_cast<AVSampleFormat>(frame.format));
  if (!copy) return Status(Code::kNotConvertible, "audio", "unknown sample format");
  channels.resize(static_cast<std::size_t>(frame.ch_layout.nb_channels));
  for (std::size_t c = 0; c < channels.size(); ++c) {
    copy(frame, static_cast<int>(c), channels[c]);
    const bool usable = std::all_of(channels[c].begin(), channels[c].end(), [](float sample) {
      return std::abs(sample) <= kMaxMagnitude;  // false for NaN
    });
    if (!usable)
      return Status(Code::kNotConvertible, "audio", "a sample is NaN, infinite or absurdly large");
  }
  return Status();
}

}  // namespace saywell
