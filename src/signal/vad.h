// Voice activity: where in a recording somebody speaks.
//
// Model: Silero VAD v6 (MIT), a small recurrent network. It gives one speech probability per window
// of 512 samples (32 ms at 16 kHz), which it sees with the 64 samples before.
#pragma once

#include <array>
#include <span>
#include <string>
#include <vector>

#include "base/time_region.h"
#include "onnx/onnx_session.h"
#include "saywell/status.h"

namespace saywell {

inline constexpr int kVadWindowSamples = 512;
inline constexpr double kVadWindowS = 0.032;

// The loaded model. Thread-safe; loaded once.
class VadModel {
 public:
  // Code 40051 names the file when it is missing or not that model.
  static Result<VadModel> load(const std::string& model_dir);

 private:
  friend class VadStream;
  explicit VadModel(OnnxSession session) : session_(std::move(session)) {}
  OnnxSession session_;
};

// The windows of one recording, in pieces of any size: the probabilities do not depend on how the
// samples were split. One thread at a time; `model` must outlive it.
class VadStream {
 public:
  explicit VadStream(const VadModel& model);

  // Speech probabilities (0–1) of the windows that `samples` (16 kHz) completed.
  Result<std::vector<float>> push(std::span<const float> samples);

  // The last, incomplete window, filled up with silence: none or one probability.
  Result<std::vector<float>> finish();

 private:
  Result<float> window_probability();

  static constexpr int kContextSamples = 64;
  static constexpr int kStateSize = 2 * 128;

  const VadModel& model_;
  std::vector<float> window_;  // context, then up to a window of samples
  std::vector<float> state_;
};

struct VadOptions {
  float speech_threshold = 0.5F;    // a window of at least this probability starts speech
  float silence_threshold = 0.35F;  // speech continues while windows have at least this
  double hangover_s = 0.1;          // silence shorter than this does not end a region
  double min_speech_s = 0.064;      // regions shorter than this are dropped
};

// Speech probability of each window of `samples`, the last one filled up with silence.
Result<std::vector<float>> pcm_to_speech_probabilities(const VadModel& model,
                                                       std::span<const float> samples);

// Speech regions from window probabilities, in order, apart, none beyond `duration_s`. Regions end
// where speech ended: the hangover bridges gaps, it does not lengthen regions.
std::vector<TimeRegion> probabilities_to_regions(std::span<const float> probabilities,
                                                 double duration_s, const VadOptions& options = {});

}  // namespace saywell
