#include "server/recording/partial_results.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "format/result_json.h"

namespace saywell {
namespace {

constexpr std::size_t kStepSamples = 9600;  // 0.6 s
constexpr std::chrono::seconds kLongestWait{5};
// Silence added behind the audio so far: continuing speech would be refused as broken off.
constexpr std::size_t kQuietSamples = 3200;
constexpr double kQuiet_ms = 200;

Request lenient(Request request) {
  request.quality =
      QualityMode::kAdvise;  // the final assessment decides whether the audio is good enough
  return request;
}

}  // namespace

std::size_t settled_words(const Assessment& assessment) {
  std::size_t settled = 0;
  bool gap = false;
  for (std::size_t i = 0; i < assessment.words.size(); ++i) {
    const WordResult& word = assessment.words[i];
    if (!word.time) {
      gap = true;
      continue;
    }
    const double back_ms = assessment.audio_ms - word.time->end_ms;
    if (back_ms < (gap ? kSettledBehindGap_ms : kSettled_ms)) break;
    settled = i + 1;
    gap = false;
  }
  return settled;
}

PartialResults::PartialResults(ScoringPool& pool, std::shared_ptr<const Engine> engine,
                               Request request, const Presentation& presentation,
                               OnPartial on_partial)
    : pool_(pool),
      engine_(std::move(engine)),
      request_(lenient(std::move(request))),
      presentation_(presentation),
      on_partial_(std::move(on_partial)) {}

void PartialResults::push(std::span<const float> samples) {
  {
    const MutexLock lock(mutex_);
    samples_.insert(samples_.end(), samples.begin(), samples.end());
  }
  assess_if_due();
}

void PartialResults::assess_if_due() {
  Recording recording;
  {
    const MutexLock lock(mutex_);
    if (ended_ || busy_ || samples_.size() - assessed_samples_ < kStepSamples) return;
    busy_ = true;
    assessed_samples_ = samples_.size();
    recording.samples = samples_;
    recording.samples.resize(samples_.size() + kQuietSamples);
  }
  ScoringPool::Job job;
  job.cost_s = recording.duration_s();
  job.deadline = pool_.now() + kLongestWait;
  job.in_background = true;
  job.is_assessment = false;
  job.run = [self = shared_from_this(), heard = std::make_shared<Recording>(std::move(recording))](
                auto) { self->assess(std::move(*heard)); };
  job.refuse = [self = shared_from_this()](const Status&) {  // the next piece tries again
    const MutexLock lock(self->mutex_);
    self->busy_ = false;
  };
  pool_.submit(std::move(job));
}

void PartialResults::end() {
  const MutexLock lock(mutex_);
  ended_ = true;
  samples_ = {};
}

void PartialResults::assess(Recording recording) {
  Result<Assessment> assessment = engine_->assess(std::move(recording), request_);
  if (assessment.ok()) assessment->audio_ms -= kQuiet_ms;
  {
    const MutexLock lock(mutex_);
    busy_ = false;
    if (ended_) return;
    // If not ok, most likely nothing is recognised yet.
    const std::size_t words = assessment.ok() ? settled_words(*assessment) : 0;
    if (words > reported_words_) {
      reported_words_ = words;
      on_partial_(partial_result_to_json(*assessment, words, presentation_));
    }
  }
  assess_if_due();  // for audio that arrived meanwhile
}

}  // namespace saywell
