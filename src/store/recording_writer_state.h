// The inside of a RecordingWriter, for Recordings::begin(), which makes it.
#pragma once

#include <cstdint>
#include <string>

#include "saywell/status.h"
#include "store/recording.h"
#include "store/recording_writer.h"
#include "store/store_context.h"

namespace saywell {

struct RecordingWriter::State {
  StoreContext& context;
  StoredRecording recording;  // as begun
  bool stored = true;         // false: no file, no record
  std::int64_t recording_max_bytes = 0;
  std::int64_t storage_left_bytes = 0;  // of the application, when the recording began

  OpenFile file = {};
  std::string buffer = {};  // appended, not yet written
  std::int64_t bytes = 0;   // appended so far, the buffer included
  Status failed = {};       // the first error
  bool moved = false;       // to its final place
  bool finished = false;    // recorded as complete or cut short, or discarded

  std::string incoming() const { return incoming_path(recording.id, recording.number); }
};

}  // namespace saywell
