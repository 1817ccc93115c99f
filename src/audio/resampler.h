// Mono samples of any rate to another rate, block by block.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "saywell/status.h"

struct SwrContext;

namespace saywell {

// libswresample's polyphase filter (Kaiser window). Output is aligned with the input: sample n of
// the output is at the time n / target_rate_hz. With equal rates the output is the input, bit for
// bit. One thread at a time.
class Resampler {
 public:
  // Errors: 40003 the library refuses the rates.
  static Result<Resampler> open(int source_rate_hz, int target_rate_hz);

  // Appends to `output` the samples that can be computed so far.
  void push(std::span<const float> input, std::vector<float>& output);

  // Appends the rest; no push() after it.
  void finish(std::vector<float>& output);

 private:
  struct Deleter {
    void operator()(SwrContext* context) const;
  };
  explicit Resampler(std::unique_ptr<SwrContext, Deleter> context) : context_(std::move(context)) {}

  std::unique_ptr<SwrContext, Deleter> context_;  // null when the rates are equal
};

}  // namespace saywell
