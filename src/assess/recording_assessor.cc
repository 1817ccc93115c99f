// The whole assessment, top to bottom, is RecordingAssessor::run_stages().
#include "assess/recording_assessor.h"

#include <malloc.h>

#include <chrono>
#include <exception>
#include <utility>

#include "align/align_text.h"
#include "assess/assemble.h"
#include "assess/miscues.h"
#include "assess/recognition_check.h"
#include "assess/text_miscue_probabilities.h"
#include "assess/token_beliefs.h"
#include "base/core_type.h"
#include "base/log.h"
#include "base/status_macros.h"
#include "score/gap_features.h"

namespace saywell {
namespace {

using Clock = Deadline::Clock;

Deadline deadline_of(const Request& request, Clock::time_point start) {
  if (request.deadline_ms <= 0) return {};
  return Deadline(start +
                  std::chrono::microseconds(static_cast<std::int64_t>(request.deadline_ms * 1000)));
}

// The limit of the coreType as a refusal that names it.
Status check_duration(const Recording& recording, const CoreType& core_type) {
  if (recording.duration_s() <= core_type.max_duration_s) return {};
  return Status(Code::kBadParameter, "audio",
                std::to_string(static_cast<int>(recording.duration_s())) +
                    " s is longer than the " +
                    std::to_string(static_cast<int>(core_type.max_duration_s)) + " s that " +
                    std::string(core_type.name) + " takes");
}

}  // namespace

RecordingAssessor::RecordingAssessor(Analyser analyser, MiscueClassifier classifier, Scorer scorer)
    : analyser_(std::move(analyser)),
      classifier_(std::move(classifier)),
      scorer_(std::move(scorer)),
      heads_(scorer_.name()) {}

Result<RecordingAssessor> RecordingAssessor::load(const std::string& model_dir) {
  ASSIGN_OR_RETURN(Analyser analyser, Analyser::load(model_dir));
  ASSIGN_OR_RETURN(MiscueClassifier classifier, MiscueClassifier::load(model_dir));
  ASSIGN_OR_RETURN(Scorer scorer, Scorer::load(model_dir));
  // Loading leaves some 40 MB of free heap between the models.
  malloc_trim(0);
  return RecordingAssessor(std::move(analyser), std::move(classifier), std::move(scorer));
}

Result<ReferenceText> RecordingAssessor::read_text(const Request& request) const {
  const TextFrontEnd& front_end = analyser_.text_front_end();
  if (request.phones.empty()) return front_end.text_to_pronunciations(request.ref_text);
  return front_end.text_with_given_phones(request.ref_text, request.phones);
}

// The parts of the text with their scores, after the first search with the probabilities of
// miscues, too. Features are kept of one part at a time only.
Result<std::vector<ScoredPart>> RecordingAssessor::score_parts(const Analysis& analysis,
                                                               const std::vector<TextPart>& parts,
                                                               Search search,
                                                               const Deadline& deadline) const {
  std::vector<ScoredPart> scored;
  for (const TextPart& part : parts) {
    RETURN_IF_ERROR(deadline.check());
    ScoredPart entry;
    entry.part = part;
    entry.inputs = make_scorer_inputs(analysis.alignment, analysis.embeddings, analysis.posteriors,
                                      analysis.prosody, part.first_token, part.end_token);
    entry.read = !entry.inputs.phone_ids.empty();
    if (entry.read && search == Search::kFirst) {
      std::vector<float> gaps = make_gap_features(analysis.alignment, analysis.embeddings,
                                                  analysis.posteriors, entry.inputs.word_tokens);
      ASSIGN_OR_RETURN(entry.miscues, classifier_.classify(entry.inputs, std::move(gaps)));
    }
    if (entry.read) {
      ASSIGN_OR_RETURN(entry.scores, scorer_.score(entry.inputs));
    }
    entry.inputs.phone_features = {};
    scored.push_back(std::move(entry));
  }
  return scored;
}

Result<Assessment> RecordingAssessor::run_stages(const Decode& decode, const Request& request,
                                                 const Deadline& deadline) const {
  ASSIGN_OR_RETURN(const Recording recording, decode(DecodeLimits{}));
  ASSIGN_OR_RETURN(const ReferenceText text, read_text(request));
  ASSIGN_OR_RETURN(const CoreType core_type,
                   choose_core_type(request.core_type, text.tokens.size()));
  RETURN_IF_ERROR(check_duration(recording, core_type));

  ASSIGN_OR_RETURN(Analysis analysis, analyser_.analyse(recording, text, deadline));
  if (!analysis.audio_status.ok() && request.quality == QualityMode::kStrict)
    return analysis.audio_status;
  const std::vector<TextPart> parts = parts_of(text, core_type);
  ASSIGN_OR_RETURN(std::vector<ScoredPart> scored,
                   score_parts(analysis, parts, Search::kFirst, deadline));
  const TextMiscueProbabilities probabilities =
      join_miscue_probabilities(scored, text.tokens.size());
  // The search keeps a doubtful word; the classifier, which has all features, decides better. The
  // second search then finds the speech in the place of words that were not read.
  std::vector<ScoredPart> first_scored;
  const std::vector<TokenBelief> beliefs = token_beliefs(analysis.alignment, probabilities);
  if (!beliefs.empty()) {
    ASSIGN_OR_RETURN(analysis.alignment, align_text(analysis.posteriors, text, {}, beliefs));
    first_scored = std::move(scored);
    ASSIGN_OR_RETURN(scored, score_parts(analysis, parts, Search::kSecond, deadline));
  }
  const Miscues miscues = find_miscues(analysis.posteriors, analysis.alignment, probabilities);
  RETURN_IF_ERROR(check_recognition(analysis, miscues, recording.samples));
  Assessment assessment = assemble_assessment(analysis, text, request.ref_text, miscues, scored);
  score_doubtful_words(first_scored, assessment.words);
  assessment.core_type = core_type.name;
  assessment.audio_ms = recording.duration_s() * 1000;
  assessment.model = heads_;
  return assessment;
}

// run_stages() with its time; exceptions become codes.
Result<Assessment> RecordingAssessor::assess(const Decode& decode, const Request& request) const {
  const Clock::time_point start = Clock::now();
  try {
    Result<Assessment> result = run_stages(decode, request, deadline_of(request, start));
    if (!result.ok() && result.status().code() == Code::kInternal) {
      return Status(Code::kInternal, "incident " + log_incident(result.status().detail()));
    }
    if (result.ok()) {
      result->computing_ms =
          std::chrono::duration<double, std::milli>(Clock::now() - start).count();
    }
    return result;
  } catch (const std::exception& error) {
    return Status(Code::kInternal, "incident " + log_incident(error.what()));
  }
}

Result<Assessment> RecordingAssessor::assess(Recording recording, const Request& request) const {
  return assess(
      [&recording](const DecodeLimits&) { return Result<Recording>(std::move(recording)); },
      request);
}

}  // namespace saywell
