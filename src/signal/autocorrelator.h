// Short-time autocorrelation through the power spectrum, of the plain or the spectrally flattened
// signal.
#pragma once

#include <cstddef>
#include <memory>
#include <span>

#include "saywell/status.h"

namespace saywell {

// One thread per object: the buffers of the transform are reused from call to call.
class Autocorrelator {
 public:
  // For frames of at most `max_frame_samples` and lags of at most `max_lag_samples`; the transform
  // is long enough that no lag wraps round. Code 500 when libavutil cannot set it up.
  static Result<Autocorrelator> create(std::size_t max_frame_samples, std::size_t max_lag_samples);

  Autocorrelator(Autocorrelator&&) noexcept;
  Autocorrelator& operator=(Autocorrelator&&) noexcept;
  ~Autocorrelator();

  // The autocorrelation of `frame` at lags 0 … max_lag_samples, not normalised; valid until the
  // next call. REQUIRES: frame.size() <= max_frame_samples.
  std::span<const float> of(std::span<const float> frame);

  // The same of the frame limited to the band of the pitch harmonics, with its spectral envelope
  // halved (in dB), so that a strong formant is not taken for a pitch (spectrum flattening:
  // Sondhi, "New methods of pitch extraction", 1968). Normalise it by its own value at lag 0.
  std::span<const float> of_flattened(std::span<const float> frame);

 private:
  struct Impl;
  explicit Autocorrelator(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace saywell
