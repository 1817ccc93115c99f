// Finishes or sets aside the leftovers of a crash when the server starts.
#pragma once

#include <cstdint>

#include "saywell/status.h"

namespace saywell {

struct StoreContext;

// The findings and actions of the sweep.
struct SweepReport {
  std::int64_t completed = 0;  // whole on disk, but not yet recorded as such
  std::int64_t cut_short = 0;  // half received: kept, marked as cut short and failed
  std::int64_t empty = 0;      // begun, but nothing arrived: removed
  std::int64_t missing = 0;    // recorded, but the file is gone or damaged: marked, and failed with
                               // 40002 if not yet assessed
  std::int64_t quarantined = 0;  // files without a record: moved to quarantine/
  std::int64_t unlinked = 0;     // deleted recordings whose files were still there
  std::int64_t queued = 0;       // assessments to compute again: Recordings::queued()
};

// REQUIRES: nothing else uses the folder (DataFolder::lock()). Errors: those of store.h; completed
// steps stay, and the next start continues.
Result<SweepReport> sweep_after_start(StoreContext& context);

}  // namespace saywell
