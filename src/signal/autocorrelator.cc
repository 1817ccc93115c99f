#include "signal/autocorrelator.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <utility>
#include <vector>

extern "C" {
#include <libavutil/mem.h>
#include <libavutil/tx.h>
}

#include "audio/media_to_pcm.h"

namespace saywell {
namespace {

// Below is rumble; above, frication masks the harmonics and no formant carries much pitch.
constexpr double kBandLowHz = 50;
constexpr double kBandHighHz = 3500;
// The envelope is a running mean over this range on either side: wider than the distance of most
// voices' harmonics, narrower than a formant.
constexpr double kEnvelopeHalfWidthHz = 150;

struct TransformDeleter {
  void operator()(AVTXContext* context) const { av_tx_uninit(&context); }
};
struct BufferDeleter {
  void operator()(float* buffer) const { av_free(buffer); }
};
using AlignedBuffer = std::unique_ptr<float[], BufferDeleter>;

// The transform needs buffers aligned to the machine's widest vector, as libavutil's allocator
// provides them.
AlignedBuffer allocate_floats(std::size_t count) {
  return AlignedBuffer(static_cast<float*>(av_mallocz(count * sizeof(float))));
}

struct Transform {
  std::unique_ptr<AVTXContext, TransformDeleter> context;
  av_tx_fn run = nullptr;

  bool set_up(bool inverse, std::size_t length) {
    AVTXContext* created = nullptr;
    const float scale = 1.0F;
    const int error = av_tx_init(&created, &run, AV_TX_FLOAT_RDFT, inverse ? 1 : 0,
                                 static_cast<int>(length), &scale, 0);
    context.reset(created);
    return error >= 0 && created != nullptr;
  }
};

// Butterworth-like slopes in power, 12 dB per octave on both sides.
float band_weight(double hz) {
  const double high_pass = 1 / (1 + std::pow(kBandLowHz / std::max(hz, 1e-3), 4));
  const double low_pass = 1 / (1 + std::pow(hz / kBandHighHz, 4));
  return static_cast<float>(high_pass * low_pass);
}

}  // namespace

struct Autocorrelator::Impl {
  std::size_t length = 0;  // of the transform, in samples
  std::size_t lags = 0;    // number of returned lags
  Transform forward;
  Transform inverse;
  AlignedBuffer time;
  AlignedBuffer spectrum;           // bins() complex values, real and imaginary parts in turn
  std::vector<float> power;         // one value per bin
  std::vector<double> running_sum;  // of power, one more than bins
  std::vector<float> envelope;      // the smoothed power
  std::vector<float> weights;

  std::size_t bins() const { return length / 2 + 1; }
  void to_power(std::span<const float> frame);
  void flatten();
  std::span<const float> to_correlation();
};

void Autocorrelator::Impl::to_power(std::span<const float> frame) {
  std::copy(frame.begin(), frame.end(), time.get());
  std::fill(time.get() + frame.size(), time.get() + length, 0.0F);
  forward.run(forward.context.get(), spectrum.get(), time.get(), sizeof(float));
  const float* value = spectrum.get();
  for (float& bin : power) {
    bin = value[0] * value[0] + value[1] * value[1];
    value += 2;
  }
}

void Autocorrelator::Impl::flatten() {
  const std::size_t count = bins();
  for (std::size_t bin = 0; bin < count; ++bin)
    running_sum[bin + 1] = running_sum[bin] + power[bin];
  const double floor = 1e-4 * running_sum[count] / static_cast<double>(count) + 1e-30;
  const auto reach = static_cast<std::size_t>(
      std::lround(kEnvelopeHalfWidthHz / kSampleRateHz * static_cast<double>(length)));
  for (std::size_t bin = 0; bin < count; ++bin) {
    const std::size_t from = bin > reach ? bin - reach : 0;
    const std::size_t to = std::min(count, bin + reach + 1);
    envelope[bin] = static_cast<float>(
        (running_sum[to] - running_sum[from]) / static_cast<double>(to - from) + floor);
  }
  for (std::size_t bin = 0; bin < count; ++bin)
    power[bin] *= weights[bin] / std::sqrt(envelope[bin]);
}

std::span<const float> Autocorrelator::Impl::to_correlation() {
  float* value = spectrum.get();
  for (const float bin : power) {
    value[0] = bin;
    value[1] = 0;
    value += 2;
  }
  inverse.run(inverse.context.get(), time.get(), spectrum.get(), sizeof(float));
  return {time.get(), lags};
}

Autocorrelator::Autocorrelator(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Autocorrelator::Autocorrelator(Autocorrelator&&) noexcept = default;
Autocorrelator& Autocorrelator::operator=(Autocorrelator&&) noexcept = default;
Autocorrelator::~Autocorrelator() = default;

Result<Autocorrelator> Autocorrelator::create(std::size_t max_frame_samples,
                                              std::size_t max_lag_samples) {
  auto impl = std::make_unique<Impl>();
  impl->length = std::bit_ceil(max_frame_samples + max_lag_samples + 1);
  impl->lags = max_lag_samples + 1;
  impl->time = allocate_floats(impl->length);
  impl->spectrum = allocate_floats(2 * impl->bins());
  if (!impl->time || !impl->spectrum || !impl->forward.set_up(false, impl->length) ||
      !impl->inverse.set_up(true, impl->length)) {
    return Status(Code::kInternal, "libavutil offers no real transform of " +
                                       std::to_string(impl->length) + " samples");
  }
  impl->power.resize(impl->bins());
  impl->envelope.resize(impl->bins());
  impl->running_sum.resize(impl->bins() + 1);
  const double hz_per_bin = static_cast<double>(kSampleRateHz) / static_cast<double>(impl->length);
  for (std::size_t bin = 0; bin < impl->bins(); ++bin) {
    impl->weights.push_back(band_weight(static_cast<double>(bin) * hz_per_bin));
  }
  return Autocorrelator(std::move(impl));
}

std::span<const float> Autocorrelator::of(std::span<const float> frame) {
  impl_->to_power(frame);
  return impl_->to_correlation();
}

std::span<const float> Autocorrelator::of_flattened(std::span<const float> frame) {
  impl_->to_power(frame);
  impl_->flatten();
  return impl_->to_correlation();
}

}  // namespace saywell
