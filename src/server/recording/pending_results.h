// Results that the store could not take when they were there, because another process held its
// database: nothing is lost, and none waits for the next start.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/threads/mutex.h"
#include "saywell/status.h"
#include "store/recordings.h"

namespace saywell {

struct RecordingResult {
  std::string id;
  int code = 0;  // 0: there are scores
  std::string json;
  std::int64_t audio_ms = 0;  // 0: not known
};

// Thread-safe. `recordings` must outlive it.
class PendingResults {
 public:
  explicit PendingResults(Recordings& recordings) : recordings_(recordings) {}

  // Into the store, or, when that fails, into the list of those to be tried again; beyond 1,000 of
  // them the result is left to the next start, which computes it anew.
  void keep(RecordingResult result);

  // Tries those again that are waiting, until one fails.
  void try_again();

 private:
  Recordings& recordings_;
  Mutex mutex_;
  std::vector<RecordingResult> waiting_ SAYWELL_GUARDED_BY(mutex_);
};

}  // namespace saywell
