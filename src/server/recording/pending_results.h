// Keeps results that the store could not take, because another process locked its database: nothing
// is lost, and none waits for the next start.
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

  // Stores the result, or, if that fails, adds it to the list for another try. Beyond 1,000 of
  // these the next start computes the result again.
  void keep(RecordingResult result);

  // Tries the waiting ones again, until one fails.
  void try_again();

 private:
  Recordings& recordings_;
  Mutex mutex_;
  std::vector<RecordingResult> waiting_ SAYWELL_GUARDED_BY(mutex_);
};

}  // namespace saywell
