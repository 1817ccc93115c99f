#include "assess/analysis.h"

#include "acoustic/speech_chunks.h"
#include "align/align_text.h"
#include "base/status_macros.h"

namespace saywell {
namespace {

// 20303 before anything is computed: no alignment can exist.
Status check_room_for_phones(const Recording& recording, const ReferenceText& text) {
  const std::size_t phones = fewest_phones(text_variants(text));
  const std::size_t frames = recording.samples.size() / kFrameSamples;
  if (phones <= frames) return {};
  return Status(Code::kNoAlignment, "the text has " + std::to_string(phones) +
                                        " phones, the recording only " + std::to_string(frames) +
                                        " frames of 24 ms");
}

// 20101, 20102: by the pitch of the speech.
Status check_voice(const F0Contour& f0) {
  bool any = false;
  for (const float f0_hz : f0.f0_hz) any = any || f0_hz > 0;
  if (!any) return Status(Code::kNoF0, "no frame of the speech has an F0");
  if (voiced_segments(f0).empty())
    return Status(Code::kNoVoicedSegment, "no voiced segment of 40 ms is left");
  return {};
}

}  // namespace

Analyser::Analyser(VadModel vad, Encoder encoder, PhoneHead phone_head, TextFrontEnd text)
    : vad_(std::move(vad)),
      encoder_(std::move(encoder)),
      phone_head_(std::move(phone_head)),
      text_(std::move(text)) {}

Result<Analyser> Analyser::load(const std::string& model_dir) {
  ASSIGN_OR_RETURN(TextFrontEnd text, TextFrontEnd::load(model_dir));
  ASSIGN_OR_RETURN(VadModel vad, VadModel::load(model_dir));
  ASSIGN_OR_RETURN(Encoder encoder, Encoder::load(model_dir));
  ASSIGN_OR_RETURN(PhoneHead phone_head, PhoneHead::load(model_dir));
  return Analyser(std::move(vad), std::move(encoder), std::move(phone_head), std::move(text));
}

Status Analyser::find_speech(const Recording& recording, Analysis& analysis) const {
  ASSIGN_OR_RETURN(analysis.speech_probabilities,
                   pcm_to_speech_probabilities(vad_, recording.samples));
  analysis.speech = probabilities_to_regions(analysis.speech_probabilities, recording.duration_s());
  analysis.quality = measure_quality(recording.samples, analysis.speech, recording.clipped_share);
  if (const Status status = check_not_too_quiet(analysis.quality, QualityThresholds{});
      !status.ok()) {
    // A tip instead of a refusal needs speech to score.
    if (analysis.speech.empty()) return status;
    analysis.audio_status = status;
  }
  if (analysis.speech.empty())
    return Status(Code::kNoSpeech, "no speech was found in the recording");
  return {};
}

Status Analyser::measure_voice(const Recording& recording, Analysis& analysis) const {
  const QualityThresholds thresholds;
  const auto remember = [&](Status status) {
    if (analysis.audio_status.ok()) analysis.audio_status = std::move(status);
  };
  remember(check_not_clipped(analysis.quality, thresholds));
  remember(check_not_too_loud(analysis.quality, thresholds));
  remember(check_not_noisy(analysis.quality, thresholds));
  ASSIGN_OR_RETURN(F0Contour f0, pcm_to_f0(recording.samples));
  remember(check_voice(f0));
  analysis.prosody =
      measure_prosody(recording.samples, std::move(f0), analysis.quality.speech_level_dbfs);
  return {};
}

Status Analyser::compute_posteriors(const Recording& recording, const Deadline& deadline,
                                    Analysis& analysis) const {
  for (const SpeechChunk& chunk : regions_to_chunks(analysis.speech, recording.samples.size())) {
    RETURN_IF_ERROR(deadline.check());
    ASSIGN_OR_RETURN(std::vector<Embeddings> embeddings,
                     encoder_.pcm_to_embeddings(recording.samples, {&chunk, 1}));
    analysis.embeddings.push_back(std::move(embeddings.front()));
  }
  ASSIGN_OR_RETURN(analysis.posteriors, phone_head_.embeddings_to_posteriors(analysis.embeddings));
  return {};
}

Result<Analysis> Analyser::analyse(const Recording& recording, const ReferenceText& text,
                                   const Deadline& deadline) const {
  if (recording.samples.empty()) return Status(Code::kNoSamples, "the recording has no samples");
  Analysis analysis;
  RETURN_IF_ERROR(check_room_for_phones(recording, text));
  RETURN_IF_ERROR(find_speech(recording, analysis));
  RETURN_IF_ERROR(measure_voice(recording, analysis));
  RETURN_IF_ERROR(compute_posteriors(recording, deadline, analysis));
  ASSIGN_OR_RETURN(analysis.alignment, align_text(analysis.posteriors, text));
  RETURN_IF_ERROR(deadline.check());
  return analysis;
}

Result<Analysis> Analyser::listen(const Recording& recording, const Deadline& deadline) const {
  if (recording.samples.empty()) return Status(Code::kNoSamples, "the recording has no samples");
  Analysis analysis;
  RETURN_IF_ERROR(find_speech(recording, analysis));
  RETURN_IF_ERROR(compute_posteriors(recording, deadline, analysis));
  return analysis;
}

}  // namespace saywell
