#include "store/start_sweep.h"

#include <optional>
#include <string>
#include <vector>

#include "base/status_macros.h"
#include "store/recording_rows.h"
#include "store/store_context.h"

namespace saywell {
namespace {

constexpr std::int64_t kRowsAtATime = 500;

struct IncomingFile {
  std::string path;
  std::int64_t bytes = 0;
  StoredRecording recording;
};

Result<std::vector<StoredRecording>> recordings_where(Connection& connection, std::string_view sql,
                                                      std::int64_t value) {
  Statement rows = connection.query(sql, value);
  std::vector<StoredRecording> recordings;
  while (rows.next()) recordings.push_back(read_recording(rows));
  if (!rows.status().ok()) return rows.status();
  return recordings;
}

// The recording of an incoming file; nullopt: none.
Result<std::optional<StoredRecording>> owner_of(StoreContext& context, const std::string& path) {
  const ReadLock reading = context.database->read();
  ASSIGN_OR_RETURN(
      const std::vector<StoredRecording> found,
      recordings_where(reading.connection(),
                       "SELECT " SAYWELL_RECORDING_COLUMNS " FROM recording WHERE number = ?",
                       incoming_number(path)));
  if (found.empty()) return std::optional<StoredRecording>();
  const StoredRecording& recording = found.front();
  const bool unfinished = recording.state == RecordingState::kReceiving ||
                          (recording.state == RecordingState::kFailed && recording.cut_short);
  if (!unfinished || incoming_path(recording.id, recording.number) != path) {
    return std::optional<StoredRecording>();
  }
  return std::optional<StoredRecording>(recording);
}

// Every incoming file that belongs to a recording. Others are moved to quarantine; empty ones are
// removed.
Result<std::vector<IncomingFile>> sort_incoming(StoreContext& context, SweepReport& report) {
  std::vector<IncomingFile> kept;
  const Status visited =
      context.folder.for_each_file(DataFolder::kIncoming, [&](const std::string& path) -> Status {
        ASSIGN_OR_RETURN(const std::optional<StoredRecording> owner, owner_of(context, path));
        const Result<std::int64_t> size = context.folder.size(path);
        if (size.ok() && *size == 0) return context.folder.remove(path);
        if (!owner.has_value() || !size.ok()) {
          ++report.quarantined;
          return context.folder.quarantine(path);
        }
        kept.push_back({path, *size, *owner});
        return Status();
      });
  if (!visited.ok()) return visited;
  return kept;
}

// Marks them first, all in one transaction, then moves them: a file with its final name and without
// a mark was whole.
Status keep_cut_short(StoreContext& context, const std::vector<IncomingFile>& files,
                      SweepReport& report) {
  {
    ASSIGN_OR_RETURN(Writing writing, context.database->write());
    for (const IncomingFile& file : files) {
      RETURN_IF_ERROR(writing->run(
          "UPDATE recording SET state = 4, cut_short = 1, code = CASE code WHEN 0 THEN ? ELSE code "
          "END, bytes = ?, changed_ms = ? WHERE number = ?",
          static_cast<int>(Code::kKernelUnavailable), file.bytes, context.now_ms(),
          file.recording.number));
    }
    RETURN_IF_ERROR(writing.commit());
  }
  for (const IncomingFile& file : files) {
    ASSIGN_OR_RETURN(const OpenFile open, context.folder.open_to_read(file.path));
    RETURN_IF_ERROR(sync(open));
    RETURN_IF_ERROR(context.folder.move(file.path, file.recording.path));
    ++report.cut_short;
  }
  return Status();
}

// A recording that is still receiving has either its final name, and was whole, or no file at all.
Status finish_received(StoreContext& context, SweepReport& report) {
  ASSIGN_OR_RETURN(Writing writing, context.database->write());
  Connection& connection = writing.connection();
  ASSIGN_OR_RETURN(const std::vector<StoredRecording> receiving,
                   recordings_where(connection,
                                    "SELECT " SAYWELL_RECORDING_COLUMNS
                                    " FROM recording WHERE state = 0 AND number > ?",
                                    0));
  for (const StoredRecording& recording : receiving) {
    const Result<std::int64_t> size = context.folder.size(recording.path);
    Status done;
    if (size.ok()) {
      const auto next =
          recording.to_be_assessed ? RecordingState::kQueued : RecordingState::kComplete;
      done = connection.run(
          "UPDATE recording SET state = ?, bytes = ?, changed_ms = ? WHERE number = ?",
          static_cast<int>(next), *size, context.now_ms(), recording.number);
      ++report.completed;
    } else {
      done = connection.run("DELETE FROM recording WHERE number = ?", recording.number);
      ++report.empty;
    }
    if (!done.ok()) return done;
  }
  return writing.commit();
}

Status mark_missing(Connection& connection, const StoredRecording& recording, std::int64_t now_ms) {
  // An existing result stays: it no longer needs the file.
  return connection.run(
      "UPDATE recording SET file_missing = 1, changed_ms = ?, "
      "code = CASE WHEN state IN (1, 2) THEN ? ELSE code END, "
      "state = CASE WHEN state IN (1, 2) THEN 4 ELSE state END WHERE number = ?",
      now_ms, static_cast<int>(Code::kFileUnreadable), recording.number);
}

// Marks records whose file is gone or has another size than when it was acknowledged.
Status check_files(StoreContext& context, SweepReport& report) {
  std::int64_t after = 0;
  while (true) {
    ASSIGN_OR_RETURN(Writing writing, context.database->write());
    Connection& connection = writing.connection();
    ASSIGN_OR_RETURN(
        const std::vector<StoredRecording> batch,
        recordings_where(connection,
                         "SELECT " SAYWELL_RECORDING_COLUMNS
                         " FROM recording WHERE number > ? AND file_missing = 0 ORDER BY number "
                         "LIMIT 500",  // kRowsAtATime
                         after));
    for (const StoredRecording& recording : batch) {
      after = recording.number;
      const Result<std::int64_t> size = context.folder.size(recording.path);
      if (size.ok() && *size == recording.bytes) continue;
      ++report.missing;
      Status done = mark_missing(connection, recording, context.now_ms());
      if (done.ok() && size.ok()) {
        done = context.folder.quarantine(recording.path);
        ++report.quarantined;
      }
      if (!done.ok()) return done;
    }
    RETURN_IF_ERROR(writing.commit());
    if (static_cast<std::int64_t>(batch.size()) < kRowsAtATime) return Status();
  }
}

Status quarantine_orphans(StoreContext& context, SweepReport& report) {
  return context.folder.for_each_file(DataFolder::kAudio, [&](const std::string& path) -> Status {
    bool known = false;
    {
      const ReadLock reading = context.database->read();
      Statement row = reading->query("SELECT 1 FROM recording WHERE path = ?", path);
      known = row.next();
      if (!row.status().ok()) return row.status();
    }
    if (known) return Status();
    ++report.quarantined;
    return context.folder.quarantine(path);
  });
}

Result<std::int64_t> count_queued(StoreContext& context) {
  const ReadLock reading = context.database->read();
  Statement row = reading->query("SELECT count(*) FROM recording WHERE state = 2");
  if (row.next()) return row.number(0);
  return row.status();
}

}  // namespace

Result<SweepReport> sweep_after_start(StoreContext& context) {
  SweepReport report;
  ASSIGN_OR_RETURN(const std::int64_t unlinked, remove_doomed_files(context));
  report.unlinked = unlinked;
  ASSIGN_OR_RETURN(const std::vector<IncomingFile> incoming, sort_incoming(context, report));
  Status done = keep_cut_short(context, incoming, report);
  if (done.ok()) done = finish_received(context, report);
  if (done.ok()) done = check_files(context, report);
  if (done.ok()) done = quarantine_orphans(context, report);
  if (!done.ok()) return done;
  ASSIGN_OR_RETURN(const std::int64_t queued, count_queued(context));
  report.queued = queued;
  return report;
}

}  // namespace saywell
