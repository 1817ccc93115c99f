#include "signal/vad.h"

#include <algorithm>

#include "base/status_macros.h"

namespace saywell {

Result<VadModel> VadModel::load(const std::string& model_dir) {
  ASSIGN_OR_RETURN(OnnxSession session, OnnxSession::load(model_dir + "/silero_vad_v6.onnx"));
  const std::vector<std::string> expected = {"input", "state", "sr"};
  if (session.input_names() != expected) {
    return Status(Code::kKernelUnavailable,
                  model_dir + "/silero_vad_v6.onnx is not the Silero VAD model");
  }
  return VadModel(std::move(session));
}

VadStream::VadStream(const VadModel& model)
    : model_(model), window_(kContextSamples, 0.0F), state_(kStateSize, 0.0F) {}

Result<float> VadStream::window_probability() {
  std::vector<float> next_context(window_.end() - kContextSamples, window_.end());
  std::vector<NamedTensor> inputs;
  const auto size = static_cast<std::int64_t>(window_.size());
  inputs.push_back({"input", Tensor::of_floats({1, size}, std::move(window_))});
  inputs.push_back({"state", Tensor::of_floats({2, 1, kStateSize / 2}, std::move(state_))});
  inputs.push_back({"sr", Tensor::of_int64s({}, {16000})});
  window_ = std::move(next_context);
  ASSIGN_OR_RETURN(std::vector<Tensor> outputs, model_.session_.run(std::move(inputs)));
  state_ = std::move(outputs[1].floats);
  return outputs[0].floats.at(0);
}

Result<std::vector<float>> VadStream::push(std::span<const float> samples) {
  std::vector<float> probabilities;
  constexpr std::size_t kFull = kContextSamples + kVadWindowSamples;
  while (!samples.empty()) {
    const std::size_t taken = std::min(samples.size(), kFull - window_.size());
    window_.insert(window_.end(), samples.begin(),
                   samples.begin() + static_cast<std::ptrdiff_t>(taken));
    samples = samples.subspan(taken);
    if (window_.size() < kFull) break;
    ASSIGN_OR_RETURN(const float probability, window_probability());
    probabilities.push_back(probability);
  }
  return probabilities;
}

Result<std::vector<float>> VadStream::finish() {
  const std::size_t waiting = window_.size() - kContextSamples;
  if (waiting == 0) return std::vector<float>{};
  return push(std::vector<float>(kVadWindowSamples - waiting, 0.0F));
}

Result<std::vector<float>> pcm_to_speech_probabilities(const VadModel& model,
                                                       std::span<const float> samples) {
  VadStream stream(model);
  Result<std::vector<float>> probabilities = stream.push(samples);
  if (!probabilities.ok()) return probabilities;
  const Result<std::vector<float>> last = stream.finish();
  if (!last.ok()) return last;
  probabilities->insert(probabilities->end(), last->begin(), last->end());
  return probabilities;
}

std::vector<TimeRegion> probabilities_to_regions(std::span<const float> probabilities,
                                                 double duration_s, const VadOptions& options) {
  std::vector<TimeRegion> regions;
  bool in_speech = false;
  for (std::size_t i = 0; i < probabilities.size(); ++i) {
    const double start_s = static_cast<double>(i) * kVadWindowS;
    in_speech =
        probabilities[i] >= (in_speech ? options.silence_threshold : options.speech_threshold);
    if (!in_speech) continue;
    const double end_s = std::min(start_s + kVadWindowS, duration_s);
    const bool bridges =
        !regions.empty() && start_s - regions.back().end_s < options.hangover_s - 1e-9;
    if (bridges) {
      regions.back().end_s = end_s;
    } else {
      regions.push_back({start_s, end_s});
    }
  }
  std::erase_if(regions, [&](const TimeRegion& region) {
    return region.duration_s() < options.min_speech_s - 1e-9;
  });
  return regions;
}

}  // namespace saywell
