// When the speaker of a running recording has begun and when they have finished: a recording can
// stop by itself then.
//
// VAD windows are looked at in turn, so that the answer does not depend on how the samples were cut
// into pieces. Speech begins with `min_speech_s` of it in a row (a click is none). It has ended
// once `silence_s` without speech followed.
#pragma once

#include <optional>
#include <span>

#include "saywell/status.h"
#include "signal/vad.h"

namespace saywell {

struct EndOfSpeechOptions {
  double silence_s = 1.2;  // longer than the pauses within a sentence
  double min_speech_s = 0.128;
  float speech_threshold = 0.5F;  // as VadOptions
  float silence_threshold = 0.35F;
};

// One recording. One thread at a time; `model` must outlive it.
class EndOfSpeech {
 public:
  EndOfSpeech(const VadModel& model, const EndOfSpeechOptions& options = {});

  // Takes further `samples` (16 kHz). True from the piece on that completed the silence after the
  // speech; further samples are then not looked at. Errors: as VadStream::push().
  Result<bool> push(std::span<const float> samples);

  std::optional<double> begin_s() const { return begin_s_; }  // none: no speech yet
  double end_s() const { return end_s_; }  // of the last speech so far; REQUIRES: begin_s()

 private:
  void look_at(float probability);

  const EndOfSpeechOptions options_;
  VadStream stream_;
  std::size_t windows_ = 0;
  std::size_t speech_run_ = 0;  // unbroken windows of speech up to now
  bool in_speech_ = false;
  bool ended_ = false;
  std::optional<double> begin_s_;
  double end_s_ = 0;
};

}  // namespace saywell
