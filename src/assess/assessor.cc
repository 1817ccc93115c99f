// The whole assessment, top to bottom, is Impl::assess().
#include "saywell/assessor.h"

#include <malloc.h>

#include <chrono>
#include <exception>

#include "assess/analysis.h"
#include "assess/assemble.h"
#include "assess/assess_recording.h"
#include "assess/miscues.h"
#include "assess/recognition_check.h"
#include "assess/text_verdict.h"
#include "assess/token_beliefs.h"
#include "base/core_type.h"
#include "base/log.h"
#include "base/status_macros.h"
#include "score/gap_inputs.h"
#include "score/miscue_judge.h"
#include "score/scorer.h"

namespace saywell {
namespace {

using Clock = Deadline::Clock;
using Decode = std::function<Result<Recording>(const DecodeLimits&)>;

Deadline deadline_of(const Request& request, Clock::time_point start) {
  if (request.deadline_ms <= 0) return {};
  return Deadline(start +
                  std::chrono::microseconds(static_cast<std::int64_t>(request.deadline_ms * 1000)));
}

// The limit of the coreType as a refusal that names it.
Status check_duration(const Recording& recording, const CoreType& core_type) {
  if (recording.duration_s() <= core_type.max_duration_s) return {};
  return Status(Code::kBadParameter,
                "audio: " + std::to_string(static_cast<int>(recording.duration_s())) +
                    " s is longer than the " +
                    std::to_string(static_cast<int>(core_type.max_duration_s)) + " s that " +
                    std::string(core_type.name) + " takes");
}

}  // namespace

struct Assessor::Impl {
  Analyser analyser;
  MiscueJudge judge;
  Scorer scorer;
  std::string model;

  Result<ReferenceText> read_text(const Request& request) const {
    const TextFrontEnd& front_end = analyser.text_front_end();
    if (request.phones.empty()) return front_end.text_to_pronunciations(request.ref_text);
    return front_end.text_with_given_phones(request.ref_text, request.phones);
  }

  enum class Search { kFirst, kSecond };

  // The parts of the text with their scores, after the first search with the judge's verdict, too.
  // What was measured is kept of one part at a time only.
  Result<std::vector<ScoredPart>> score_parts(const Analysis& analysis, const ReferenceText& text,
                                              const CoreType& core_type, Search search,
                                              const Deadline& deadline) const {
    std::vector<ScoredPart> scored;
    for (const TextPart& part : parts_of(text, core_type)) {
      RETURN_IF_ERROR(deadline.check());
      ScoredPart entry;
      entry.part = part;
      entry.inputs = make_scorer_inputs(analysis.reading, analysis.embeddings, analysis.posteriors,
                                        analysis.prosody, part.first_token, part.end_token);
      entry.read = !entry.inputs.phone_ids.empty();
      if (entry.read && search == Search::kFirst) {
        ASSIGN_OR_RETURN(entry.verdict,
                         judge.judge(entry.inputs,
                                     make_gap_rows(analysis.reading, analysis.embeddings,
                                                   analysis.posteriors, entry.inputs.word_tokens)));
      }
      if (entry.read) {
        ASSIGN_OR_RETURN(entry.scores, scorer.score(entry.inputs));
      }
      entry.inputs.phone_rows = {};
      scored.push_back(std::move(entry));
    }
    return scored;
  }

  Result<Assessment> assess(const Decode& decode, const Request& request,
                            const Deadline& deadline) const {
    ASSIGN_OR_RETURN(const Recording recording, decode(DecodeLimits{}));
    ASSIGN_OR_RETURN(const ReferenceText text, read_text(request));
    ASSIGN_OR_RETURN(const CoreType core_type,
                     choose_core_type(request.core_type, text.tokens.size()));
    RETURN_IF_ERROR(check_duration(recording, core_type));

    ASSIGN_OR_RETURN(Analysis analysis, analyser.analyse(recording, text, deadline));
    if (!analysis.audio_status.ok() && request.quality == QualityMode::kStrict)
      return analysis.audio_status;
    Result<std::vector<ScoredPart>> scored =
        score_parts(analysis, text, core_type, Search::kFirst, deadline);
    if (!scored.ok()) return scored.status();
    const TextVerdict verdict = join_verdicts(*scored, text.tokens.size());
    // The search keeps a doubtful word; the judge, who sees all that was measured, decides better.
    // What was said in the place of the words that it takes out, the search then tells.
    std::vector<ScoredPart> first_scored;
    if (const std::vector<TokenBelief> beliefs = token_beliefs(analysis, verdict);
        !beliefs.empty()) {
      ASSIGN_OR_RETURN(analysis.reading, align_reading(analysis.posteriors, text, {}, beliefs));
      first_scored = *std::move(scored);
      scored = score_parts(analysis, text, core_type, Search::kSecond, deadline);
      if (!scored.ok()) return scored.status();
    }
    const Miscues miscues = find_miscues(analysis.posteriors, analysis.reading, verdict);
    RETURN_IF_ERROR(check_recognition(analysis, miscues, recording.samples));
    Assessment assessment = assemble_assessment(analysis, text, request.ref_text, miscues, *scored);
    score_doubtful_words(first_scored, assessment.words);
    assessment.core_type = core_type.name;
    assessment.audio_ms = recording.duration_s() * 1000;
    assessment.model = model;
    return assessment;
  }

  // assess() with its time taken, and nothing thrown out of it.
  Result<Assessment> guarded(const Decode& decode, const Request& request) const {
    const Clock::time_point start = Clock::now();
    try {
      Result<Assessment> result = assess(decode, request, deadline_of(request, start));
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
};

Assessor::Assessor(std::unique_ptr<const Impl> impl) : impl_(std::move(impl)) {}
Assessor::Assessor(Assessor&&) noexcept = default;
Assessor& Assessor::operator=(Assessor&&) noexcept = default;
Assessor::~Assessor() = default;

Result<Assessor> Assessor::load(const std::string& model_dir) {
  ASSIGN_OR_RETURN(Analyser analyser, Analyser::load(model_dir));
  ASSIGN_OR_RETURN(MiscueJudge judge, MiscueJudge::load(model_dir));
  ASSIGN_OR_RETURN(Scorer scorer, Scorer::load(model_dir));
  // Loading leaves some 40 MB of free heap between the models.
  malloc_trim(0);
  std::string model = scorer.name();
  return Assessor(std::unique_ptr<const Impl>(
      new Impl{std::move(analyser), std::move(judge), std::move(scorer), std::move(model)}));
}

Result<Assessment> Assessor::assess_file(const std::string& path, const Request& request) const {
  return impl_->guarded([&](const DecodeLimits& limits) { return media_file_to_pcm(path, limits); },
                        request);
}

Result<Assessment> Assessor::assess_bytes(std::span<const std::byte> recording,
                                          const Request& request) const {
  return impl_->guarded(
      [&](const DecodeLimits& limits) { return media_bytes_to_pcm(recording, limits); }, request);
}

Result<Assessment> Assessor::assess_samples(std::span<const float> samples,
                                            const Request& request) const {
  const auto copy = [&](const DecodeLimits&) {
    Recording recording;
    recording.samples.assign(samples.begin(), samples.end());
    return Result<Recording>(std::move(recording));
  };
  return impl_->guarded(copy, request);
}

Result<Assessment> assess_recording(const Assessor& assessor, Recording recording,
                                    const Request& request) {
  const auto given = [&recording](const DecodeLimits&) {
    return Result<Recording>(std::move(recording));
  };
  return assessor.impl_->guarded(given, request);
}

}  // namespace saywell
