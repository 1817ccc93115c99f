// The record of one recording.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace saywell {

// The values are stored: do not renumber.
enum class RecordingState {
  kReceiving = 0,  // audio is still arriving
  kComplete = 1,   // whole and on disk; no assessment was asked for
  kQueued = 2,     // whole and on disk; it has no result yet
  kDone = 3,       // it has a result
  kFailed = 4      // cut short, or refused with an errID: see `code`
};

std::string_view recording_state_name(RecordingState state);  // "receiving" …

struct StoredRecording {
  std::int64_t number = 0;  // rises with every recording; the order of lists
  std::string id;
  std::string interface_name;  // APP of the path: "aistream.enscore", "stream", "assess" …
  std::string application_id;
  std::string user_id;
  std::string session_id;
  std::string extension;     // "flv", "wav" …: the kind of file
  std::string request_json;  // as the caller gave it, for assessing it (again)
  std::string core_type;
  RecordingState state = RecordingState::kReceiving;
  bool to_be_assessed = false;
  bool cut_short = false;     // it stopped before its end: the received part is kept
  bool file_missing = false;  // the file was lost or damaged behind the server's back
  int code = 0;               // of the status table, when kFailed
  std::int64_t bytes = 0;
  std::int64_t duration_ms = 0;
  std::int64_t created_ms = 0;
  std::int64_t changed_ms = 0;
  std::string path;  // below the data folder
};

struct StoredResult {
  RecordingState state = RecordingState::kQueued;
  int code = 0;
  std::string json;  // the envelope; empty while it is computed, and when kFailed without one
};

struct RecordingPage {
  std::vector<StoredRecording> recordings;  // the newest first
  std::string next_cursor;                  // empty: that was the last page
};

}  // namespace saywell
