#include "score/testing/synthetic_reading.h"

#include "acoustic/speech_chunks.h"
#include "align/testing/synthetic_alignment.h"
#include "align/testing/synthetic_posteriors.h"

namespace saywell {

SyntheticReading synthetic_reading(std::string_view heard, std::string_view tokens,
                                   const std::vector<PathEvent>& events) {
  SyntheticReading reading;
  reading.posteriors = synthetic_posteriors(heard);
  reading.embeddings.frame_count = reading.posteriors.frame_count();
  for (std::size_t frame = 0; frame < reading.embeddings.frame_count; ++frame) {
    reading.embeddings.values.insert(reading.embeddings.values.end(), kEmbeddingSize,
                                     static_cast<float>(frame));
  }
  Prosody& prosody = reading.prosody;
  prosody.f0.step_s = 0.01;
  const double duration_s = static_cast<double>(reading.embeddings.frame_count + 2) * kFrameS;
  const auto steps = static_cast<std::size_t>(duration_s / prosody.f0.step_s);
  prosody.f0.f0_hz.assign(steps, 100);
  prosody.f0.strength.assign(steps, 1);
  prosody.level_db.assign(steps, 0);
  prosody.median_f0_hz = 100;
  reading.alignment = synthetic_alignment(reading.posteriors, tokens, events);
  return reading;
}

}  // namespace saywell
