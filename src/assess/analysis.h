// Everything that is measured of a recording and its text before it is scored: the stages in the
// order of the data.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "acoustic/embeddings_to_posteriors.h"
#include "acoustic/pcm_to_embeddings.h"
#include "align/alignment.h"
#include "audio/media_to_pcm.h"
#include "base/deadline.h"
#include "score/prosody.h"
#include "signal/quality.h"
#include "signal/vad.h"
#include "text/text_front_end.h"

namespace saywell {

struct Analysis {
  std::vector<float> speech_probabilities;  // one per VAD window
  std::vector<TimeRegion> speech;
  QualityReport quality;
  Prosody prosody;
  std::vector<Embeddings> embeddings;
  Posteriors posteriors;
  Alignment alignment;
  Status audio_status;  // the refusal of a strict request: 2040x or 2010x; else ok
};

// The models of all stages but the last. Thread-safe; loaded once.
class Analyser {
 public:
  // Code 40051 names the file that is missing or wrong.
  static Result<Analyser> load(const std::string& model_dir);

  const TextFrontEnd& text_front_end() const { return text_; }
  const VadModel& vad() const { return vad_; }

  // Codes in the contract's order: 20002 · 20303 · 20402 · 20001, then, only in
  // Analysis::audio_status, 20404 · 20403 · 20401 · 20101 · 20102; 503 and 500 at any time.
  Result<Analysis> analyse(const Recording& recording, const ReferenceText& text,
                           const Deadline& deadline = {}) const;

  // The same without a text, for what looks for one: speech, quality, embeddings and posteriors
  // alone. Codes 20002 · 20402 and 20001, both only where there is no speech; 503 and 500 at any
  // time.
  Result<Analysis> listen(const Recording& recording, const Deadline& deadline = {}) const;

 private:
  Analyser(VadModel vad, Encoder encoder, PhoneHead phone_head, TextFrontEnd text);
  Status find_speech(const Recording& recording, Analysis& analysis) const;
  Status measure_voice(const Recording& recording, Analysis& analysis) const;
  Status compute_posteriors(const Recording& recording, const Deadline& deadline,
                            Analysis& analysis) const;

  VadModel vad_;
  Encoder encoder_;
  PhoneHead phone_head_;
  TextFrontEnd text_;
};

}  // namespace saywell
