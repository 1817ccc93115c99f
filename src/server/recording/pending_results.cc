#include "server/recording/pending_results.h"

#include <utility>

#include "base/log.h"

namespace saywell {
namespace {

constexpr std::size_t kMostWaiting = 1000;

// Ok too when the recording has been deleted meanwhile.
Status store(Recordings& recordings, const RecordingResult& result) {
  Status kept = recordings.keep_result(result.id, result.code, result.json, result.audio_ms);
  return kept.code() == Code::kFileMissing ? Status() : kept;
}

}  // namespace

void PendingResults::keep(RecordingResult result) {
  const Status kept = store(recordings_, result);
  if (kept.ok()) return;
  log_line(LogLevel::kError, "result of " + result.id + " not kept yet: " + kept.explanation());
  const MutexLock lock(mutex_);
  if (waiting_.size() < kMostWaiting) waiting_.push_back(std::move(result));
}

void PendingResults::try_again() {
  std::vector<RecordingResult> tried;
  {
    const MutexLock lock(mutex_);
    tried.swap(waiting_);
  }
  std::size_t kept = 0;
  while (kept < tried.size() && store(recordings_, tried[kept]).ok()) ++kept;
  if (kept == tried.size()) return;
  const MutexLock lock(mutex_);
  waiting_.insert(waiting_.end(), std::make_move_iterator(tried.begin() + static_cast<long>(kept)),
                  std::make_move_iterator(tried.end()));
}

}  // namespace saywell
