#include "audio/resampler.h"

#include <algorithm>
#include <cstdint>

extern "C" {
#include <libavutil/channel_layout.h>
#include <libswresample/swresample.h>
}

namespace saywell {
namespace {

// A null `input` asks for the rest.
void convert(SwrContext* context, const float* input, int count, std::vector<float>& output) {
  const int room = swr_get_out_samples(context, count);
  if (room <= 0) return;
  const std::size_t filled = output.size();
  output.resize(filled + static_cast<std::size_t>(room));
  auto* target = reinterpret_cast<std::uint8_t*>(output.data() + filled);
  const auto* source = reinterpret_cast<const std::uint8_t*>(input);
  const int made = swr_convert(context, &target, room, input ? &source : nullptr, count);
  output.resize(filled + static_cast<std::size_t>(std::max(made, 0)));
}

}  // namespace

void Resampler::Deleter::operator()(SwrContext* context) const { swr_free(&context); }

Result<Resampler> Resampler::open(int source_rate_hz, int target_rate_hz) {
  if (source_rate_hz == target_rate_hz) return Resampler(nullptr);
  AVChannelLayout mono = AV_CHANNEL_LAYOUT_MONO;
  SwrContext* context = nullptr;
  const int error = swr_alloc_set_opts2(&context, &mono, AV_SAMPLE_FMT_FLT, target_rate_hz, &mono,
                                        AV_SAMPLE_FMT_FLT, source_rate_hz, 0, nullptr);
  std::unique_ptr<SwrContext, Deleter> owned(context);
  if (error < 0 || swr_init(context) < 0) {
    return Status(Code::kNotConvertible, "audio",
                  "no conversion from " + std::to_string(source_rate_hz) + " Hz to " +
                      std::to_string(target_rate_hz) + " Hz");
  }
  return Resampler(std::move(owned));
}

void Resampler::push(std::span<const float> input, std::vector<float>& output) {
  if (!context_) {
    output.insert(output.end(), input.begin(), input.end());
    return;
  }
  convert(context_.get(), input.data(), static_cast<int>(input.size()), output);
}

void Resampler::finish(std::vector<float>& output) {
  if (context_) convert(context_.get(), nullptr, 0, output);
}

}  // namespace saywell
