#include "signal/end_of_speech.h"

#include "base/status_macros.h"

namespace saywell {
namespace {

constexpr double kTolerance = 1e-9;

}  // namespace

EndOfSpeech::EndOfSpeech(const VadModel& model, const EndOfSpeechOptions& options)
    : options_(options), stream_(model) {}

void EndOfSpeech::look_at(float probability) {
  const double now_s = static_cast<double>(++windows_) * kVadWindowS;
  in_speech_ = probability >= (in_speech_ ? options_.silence_threshold : options_.speech_threshold);
  speech_run_ = in_speech_ ? speech_run_ + 1 : 0;
  const double run_s = static_cast<double>(speech_run_) * kVadWindowS;
  if (!begin_s_ && run_s >= options_.min_speech_s - kTolerance) begin_s_ = now_s - run_s;
  if (!begin_s_) return;
  if (in_speech_) end_s_ = now_s;
  ended_ = now_s - end_s_ >= options_.silence_s - kTolerance;
}

Result<bool> EndOfSpeech::push(std::span<const float> samples) {
  if (ended_) return true;
  ASSIGN_OR_RETURN(const std::vector<float> probabilities, stream_.push(samples));
  for (const float probability : probabilities) {
    look_at(probability);
    if (ended_) break;
  }
  return ended_;
}

}  // namespace saywell
