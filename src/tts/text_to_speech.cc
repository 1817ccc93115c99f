#include "tts/text_to_speech.h"

#include <flite/flite.h>

#include <algorithm>
#include <memory>

#include "audio/media_to_pcm.h"
#include "base/status_macros.h"
#include "base/threads/mutex.h"
#include "text/letter_to_sound.h"

// No header of flite declares it.
extern "C" cst_voice* register_cmu_us_slt(const char* voxdir);

namespace saywell {
namespace {

constexpr double kPauseS = 0.25;  // beside the silence that the voice itself leaves

// The voice, opened once; nullptr when it cannot be. Afterwards it is only read: the utterance
// holds whatever changes during speech.
cst_voice* voice() {
  static cst_voice* const opened = [] {
    const MutexLock lock(flite_mutex());
    flite_init();
    return register_cmu_us_slt(nullptr);
  }();
  return opened;
}

using Utterance = std::unique_ptr<cst_utterance, decltype(&delete_utterance)>;

Status append(const cst_wave& wave, std::vector<float>& samples) {
  constexpr float kFullScale = 32768;
  std::vector<float> piece(static_cast<std::size_t>(wave.num_samples));
  std::transform(wave.samples, wave.samples + wave.num_samples, piece.begin(),
                 [](short sample) { return static_cast<float>(sample) / kFullScale; });
  if (wave.sample_rate != kSampleRateHz) {
    return Status(Code::kInternal, "the voice has " + std::to_string(wave.sample_rate) + " Hz");
  }
  samples.insert(samples.end(), piece.begin(), piece.end());
  return Status();
}

Status speak(const std::string& sentence, double speed, std::vector<float>& samples) {
  const Utterance utterance(new_utterance(), delete_utterance);
  utt_set_input_text(utterance.get(), sentence.c_str());
  utt_init(utterance.get(), voice());
  feat_set_float(utterance->features, "duration_stretch", static_cast<float>(1 / speed));
  const cst_wave* wave =
      utt_synth(utterance.get()) == nullptr ? nullptr : utt_wave(utterance.get());
  if (wave == nullptr || wave->num_samples <= 0) return Status();
  return append(*wave, samples);
}

}  // namespace

Result<std::vector<float>> text_to_speech(const std::vector<std::string>& sentences, double speed) {
  if (!(speed >= kSlowestSpeech && speed <= kFastestSpeech)) {
    return Status(Code::kBadParameter, "speed", "a number from 0.5 to 1.5 is expected");
  }
  if (voice() == nullptr) return Status(Code::kInternal, "flite's voice slt cannot be opened");
  std::vector<float> samples;
  for (const std::string& sentence : sentences) {
    if (!samples.empty()) {
      samples.resize(samples.size() + static_cast<std::size_t>(kPauseS * kSampleRateHz));
    }
    RETURN_IF_ERROR(speak(sentence, speed, samples));
  }
  if (samples.empty()) return Status(Code::kBadParameter, "text", "there is nothing to say in it");
  return samples;
}

}  // namespace saywell
