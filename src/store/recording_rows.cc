#include "store/recording_rows.h"

#include <vector>

#include "base/status_macros.h"

namespace saywell {
namespace {

constexpr std::int64_t kDoomedAtATime = 64;

}  // namespace

std::string_view recording_state_name(RecordingState state) {
  switch (state) {
    case RecordingState::kReceiving:
      return "receiving";
    case RecordingState::kComplete:
      return "complete";
    case RecordingState::kQueued:
      return "queued";
    case RecordingState::kDone:
      return "done";
    case RecordingState::kFailed:
      return "failed";
  }
  return "";
}

StoredRecording read_recording(const Statement& row) {
  StoredRecording recording;
  int column = 0;
  recording.number = row.number(column++);
  recording.id = row.text(column++);
  recording.interface_name = row.text(column++);
  recording.application_id = row.text(column++);
  recording.user_id = row.text(column++);
  recording.session_id = row.text(column++);
  recording.extension = row.text(column++);
  recording.request_json = row.text(column++);
  recording.core_type = row.text(column++);
  recording.to_be_assessed = row.number(column++) != 0;
  recording.state = static_cast<RecordingState>(row.number(column++));
  recording.cut_short = row.number(column++) != 0;
  recording.file_missing = row.number(column++) != 0;
  recording.code = static_cast<int>(row.number(column++));
  recording.bytes = row.number(column++);
  recording.duration_ms = row.number(column++);
  recording.created_ms = row.number(column++);
  recording.changed_ms = row.number(column++);
  recording.path = row.text(column++);
  return recording;
}

Status no_recording(std::string_view id) {
  return Status(Code::kFileMissing, "recordId",
                "there is no recording '" + std::string(id.substr(0, 64)) + "'");
}

std::string path_of(const StoredRecording& recording) {
  return final_path({recording.interface_name, recording.application_id, recording.user_id,
                     recording.session_id, recording.id, recording.extension});
}

Result<StoredRecording> find_recording(Connection& connection, std::string_view id) {
  Statement row =
      connection.query("SELECT " SAYWELL_RECORDING_COLUMNS " FROM recording WHERE id = ?", id);
  if (row.next()) return read_recording(row);
  return row.status().ok() ? no_recording(id) : row.status();
}

Status doom(Connection& connection, const StoredRecording& recording) {
  std::vector<std::string> paths = {recording.path};
  if (recording.state == RecordingState::kReceiving || recording.cut_short) {
    paths.push_back(incoming_path(recording.id, recording.number));
  }
  for (const std::string& path : paths) {
    RETURN_IF_ERROR(
        connection.run("INSERT OR IGNORE INTO doomed_file VALUES (?, ?)", path, recording.id));
  }
  return connection.run("DELETE FROM recording WHERE number = ?", recording.number);
}

Result<std::int64_t> remove_doomed_files(StoreContext& context) {
  std::int64_t removed = 0;
  while (true) {
    ASSIGN_OR_RETURN(Writing writing, context.database->write());
    Connection& connection = writing.connection();
    std::vector<std::string> paths;
    {
      Statement rows = connection.query("SELECT path FROM doomed_file LIMIT ?", kDoomedAtATime);
      while (rows.next()) paths.push_back(rows.text(0));
      if (!rows.status().ok()) return rows.status();
    }
    if (paths.empty()) return removed;
    for (const std::string& path : paths) {
      RETURN_IF_ERROR(context.folder.remove(path));
      RETURN_IF_ERROR(connection.run("DELETE FROM doomed_file WHERE path = ?", path));
      ++removed;
    }
    RETURN_IF_ERROR(writing.commit());
  }
}

Status add_audit(Connection& connection, std::int64_t now_ms, const AuditEntry& entry) {
  return connection.run(
      "INSERT INTO audit (at_ms, application_id, actor_role, actor_user, action, user_id, "
      "record_id) VALUES (?, ?, ?, ?, ?, ?, ?)",
      now_ms, entry.application_id, entry.actor_role, entry.actor_user, entry.action, entry.user_id,
      entry.record_id);
}

AuditEntry audit_entry(const Access& access, std::string_view action, std::string_view user_id) {
  AuditEntry entry;
  entry.application_id = access.application_id;
  entry.actor_role = role_name(access.role);
  entry.actor_user = access.user_id;
  entry.action = action;
  entry.user_id = user_id;
  return entry;
}

}  // namespace saywell
