// Recordings and results: begun, found, listed, deleted.
//
// docs/storage.md describes the folders and tables. Callable from any thread; calls wait for the
// disk. A call that reads or deletes for a caller takes the caller's Access, returns 40001 for
// recordings that the caller may not touch, exactly as for those that do not exist, and is recorded
// in the audit log.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/server_config.h"
#include "saywell/status.h"
#include "store/access.h"
#include "store/audit_log.h"
#include "store/files/data_folder.h"
#include "store/recording.h"
#include "store/recording_writer.h"

namespace saywell {

struct StoreContext;

struct NewRecording {
  std::string asked_id;           // empty: one is made
  bool asked_id_or_made = false;  // if the asked id cannot be used, one is made
  std::string interface_name;
  std::string application_id = "open";
  std::string user_id = "guest";
  std::string session_id;
  std::string extension;  // lower-case letters and digits, up to 8
  std::string request_json;
  std::string core_type;
  bool to_be_assessed = true;  // false: mode record-only
  bool store = true;           // false: nothing is written; the id is only reserved
};

// The file of a recording, open for reading.
class RecordingFile {
 public:
  RecordingFile(StoredRecording recording, OpenFile file, std::int64_t size)
      : recording_(std::move(recording)), file_(std::move(file)), size_(size) {}

  const StoredRecording& recording() const { return recording_; }
  std::int64_t size() const { return size_; }
  int descriptor() const { return file_.descriptor(); }  // stays this object's

  // Reads up to `target.size()` bytes from `offset`; returns their number, 0 at the end. Code 40002
  // when the disk fails.
  Result<std::size_t> read_at(std::int64_t offset, std::span<std::byte> target) const;
  // Its first `max_bytes` bytes, or all of them. Errors: as read_at().
  Result<std::string> read_front(std::size_t max_bytes) const;
  Result<std::string> read_whole() const { return read_front(static_cast<std::size_t>(size_)); }

 private:
  StoredRecording recording_;
  OpenFile file_;
  std::int64_t size_ = 0;
};

class Recordings {
 public:
  static constexpr std::size_t kMaxPage = 200;

  explicit Recordings(StoreContext& context) : context_(context) {}

  // Starts a recording and assigns its id. A requested id (letters, digits, '-', '_', 1 to 64) that
  // is free becomes the id; else code 40031 with the field recordId. Errors: 40031 a field that
  // cannot be used (named), or the application's storage is used up; 500 the disk is full or fails;
  // 503 the database is locked.
  Result<RecordingWriter> begin(const NewRecording& wanted, const ApplicationLimits& limits);

  // Without check or audit: for the server's own use. Code 40001.
  Result<StoredRecording> find(std::string_view id) const;

  // Errors: 40001 it does not exist, is another user's, or was not stored; 40002 its file is still
  // being received, is missing, or cannot be opened.
  Result<RecordingFile> open(std::string_view id, const Access& access);
  // The same without check or audit, for computing an assessment.
  Result<RecordingFile> open_for_assessment(std::string_view id) const;

  // Stores the answer (the envelope's JSON): kDone for code 0, else kFailed; and the audio's
  // duration, if it is known (0: it is not). Code 40001 when the recording was deleted meanwhile or
  // never stored.
  Status keep_result(std::string_view id, int code, std::string_view json,
                     std::int64_t duration_ms = 0);

  // Code 40001. The result has no JSON while it is computed.
  Result<StoredResult> result(std::string_view id, const Access& access);

  // A page of the recordings of a user (empty: of the whole application, which a learner may not
  // ask for), newest first. `cursor` is empty or the last page's next_cursor: recordings that are
  // added or deleted meanwhile neither repeat nor hide others. Code 40031 for an invalid cursor or
  // a `limit` outside 1 … kMaxPage; 40001 for another user.
  struct Query {
    std::string user_id;
    std::string cursor;
    std::size_t limit = 50;
  };
  Result<RecordingPage> list(const Query& query, const Access& access) const;

  // Deletes record, result and file, also while it is being received. Code 40001.
  Status remove(std::string_view id, const Access& access);
  // Deletes everything of a user: recordings, results, tokens, and the name in the audit log except
  // in the entry of the deletion. Returns the number of recordings. Code 40001 as list().
  Result<std::int64_t> remove_user(std::string_view user_id, const Access& access);
  // Deletes every recording of an application for the operator; returns their number.
  Result<std::int64_t> remove_of_application(std::string_view application_id);

  // Deletes recordings older than their application's retention_days, at most `max_count` at a
  // time, and audit entries older than `audit_days`. Returns the number of deleted recordings.
  Result<std::int64_t> sweep_retention(const ServerConfig& config, std::size_t max_count);

  // Bytes of an application's whole recordings.
  Result<std::int64_t> storage_bytes(std::string_view application_id) const;
  // The same of all applications.
  Result<std::int64_t> storage_bytes() const;

  // Whole recordings without a result, the oldest first: after a restart they are assessed again.
  Result<std::vector<StoredRecording>> queued() const;

 private:
  Status note(const AuditEntry& entry);
  // Deletes up to `max_count` recordings of an application that began before `before_ms`.
  Result<std::int64_t> expire(std::string_view application_id, std::int64_t before_ms,
                              std::size_t max_count);

  StoreContext& context_;
};

}  // namespace saywell
