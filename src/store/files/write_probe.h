// Whether recordings can be kept: tried, not guessed.
#pragma once

#include <chrono>
#include <string_view>

#include "base/threads/mutex.h"
#include "saywell/status.h"
#include "store/files/data_folder.h"

namespace saywell {

class WriteProbe {
 public:
  using Clock = std::chrono::steady_clock;

  // A try that lasts longer is one that failed.
  static constexpr std::chrono::seconds kLongestTry{10};

  // `folder` must outlive it.
  explicit WriteProbe(const DataFolder& folder) : folder_(folder) {}

  // Does what keeping a recording takes: makes a small file in incoming/, writes and syncs it,
  // looks whether audio/ takes files, renames and removes one, and syncs its folder. Nothing of it
  // is seen where recordings are. Waits for the disk; one thread at a time. Code 500 with the
  // reason.
  Status run();

  // The outcome of the last run(); code 500 too while one has been going on for kLongestTry at
  // `now`. Ok before the first. From any thread, at once.
  Status last(Clock::time_point now) const;

 private:
  Status attempt() const;

  const DataFolder& folder_;
  mutable Mutex mutex_;
  Status last_ SAYWELL_GUARDED_BY(mutex_);
  Clock::time_point begun_ SAYWELL_GUARDED_BY(mutex_);
  bool running_ SAYWELL_GUARDED_BY(mutex_) = false;
};

}  // namespace saywell
