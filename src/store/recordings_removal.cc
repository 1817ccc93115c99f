// The parts of Recordings that delete.
#include "base/status_macros.h"
#include "store/applications.h"
#include "store/recording_rows.h"
#include "store/recordings.h"
#include "store/store_context.h"

namespace saywell {
namespace {

constexpr std::int64_t kDayMs = 86'400'000;

// Deletes what the query (of SAYWELL_RECORDING_COLUMNS) finds, within the writer's transaction.
template <class... Values>
Result<std::vector<StoredRecording>> doom_all(Connection& connection, std::string_view sql,
                                              const Values&... values) {
  std::vector<StoredRecording> found;
  {
    Statement rows = connection.query(sql, values...);
    while (rows.next()) found.push_back(read_recording(rows));
    if (!rows.status().ok()) return rows.status();
  }
  for (const StoredRecording& recording : found) {
    RETURN_IF_ERROR(doom(connection, recording));
  }
  return found;
}

// A user who asked to be forgotten is not named by what was noted before.
Status forget_in_audit(Connection& connection, std::string_view application_id,
                       std::string_view user_id) {
  RETURN_IF_ERROR(connection.run(
      "UPDATE audit SET user_id = '', record_id = '' WHERE application_id = ? AND user_id = ?",
      application_id, user_id));
  return connection.run(
      "UPDATE audit SET actor_user = '' WHERE application_id = ? AND actor_user = ?",
      application_id, user_id);
}

Result<std::vector<std::string>> applications_with_recordings(Database& database) {
  const ReadLock reading = database.read();
  Statement rows = reading->query("SELECT application_id FROM application_usage");
  std::vector<std::string> ids;
  while (rows.next()) ids.push_back(rows.text(0));
  if (!rows.status().ok()) return rows.status();
  return ids;
}

Status remove_audit_before(StoreContext& context, std::int64_t before_ms) {
  ASSIGN_OR_RETURN(Writing writing, context.database->write());
  const Status done = writing->run("DELETE FROM audit WHERE at_ms < ?", before_ms);
  return done.ok() ? writing.commit() : done;
}

}  // namespace

Status Recordings::remove(std::string_view id, const Access& access) {
  {
    ASSIGN_OR_RETURN(Writing writing, context_.database->write());
    Connection& connection = writing.connection();
    ASSIGN_OR_RETURN(const StoredRecording recording, find_recording(connection, id));
    if (!may_touch(access, recording.application_id, recording.user_id)) return no_recording(id);
    AuditEntry entry = audit_entry(access, "delete", recording.user_id);
    entry.record_id = recording.id;
    Status done = doom(connection, recording);
    if (done.ok()) done = add_audit(connection, context_.now_ms(), entry);
    if (done.ok()) done = writing.commit();
    if (!done.ok()) return done;
  }
  return remove_doomed_files(context_).status();
}

Result<std::int64_t> Recordings::remove_user(std::string_view user_id, const Access& access) {
  if (user_id.empty()) return Status(Code::kBadParameter, "userId", "a user is expected, not ''");
  if (!may_touch(access, access.application_id, user_id)) {
    return Status(Code::kFileMissing, "userId", "no recordings of this user");
  }
  std::int64_t count = 0;
  {
    ASSIGN_OR_RETURN(Writing writing, context_.database->write());
    Connection& connection = writing.connection();
    ASSIGN_OR_RETURN(const std::vector<StoredRecording> doomed,
                     doom_all(connection,
                              "SELECT " SAYWELL_RECORDING_COLUMNS
                              " FROM recording WHERE application_id = ? AND user_id = ?",
                              access.application_id, user_id));
    count = static_cast<std::int64_t>(doomed.size());
    Status done = connection.run("DELETE FROM session WHERE application_id = ? AND user_id = ?",
                                 access.application_id, user_id);
    if (done.ok()) done = forget_in_audit(connection, access.application_id, user_id);
    const AuditEntry entry = audit_entry(access, "delete user", user_id);
    if (done.ok()) done = add_audit(connection, context_.now_ms(), entry);
    if (done.ok()) done = writing.commit();
    if (!done.ok()) return done;
  }
  const Result<std::int64_t> removed = remove_doomed_files(context_);
  if (!removed.ok()) return removed;
  RETURN_IF_ERROR(context_.database->truncate_log());
  return count;
}

Result<std::int64_t> Recordings::remove_of_application(std::string_view application_id) {
  std::int64_t count = 0;
  {
    ASSIGN_OR_RETURN(Writing writing, context_.database->write());
    Connection& connection = writing.connection();
    ASSIGN_OR_RETURN(
        const std::vector<StoredRecording> doomed,
        doom_all(connection,
                 "SELECT " SAYWELL_RECORDING_COLUMNS " FROM recording WHERE application_id = ?",
                 application_id));
    count = static_cast<std::int64_t>(doomed.size());
    AuditEntry entry;
    entry.application_id = application_id;
    entry.actor_role = "operator";
    entry.action = "delete application";
    Status done = add_audit(connection, context_.now_ms(), entry);
    if (done.ok()) done = writing.commit();
    if (!done.ok()) return done;
  }
  const Result<std::int64_t> removed = remove_doomed_files(context_);
  if (!removed.ok()) return removed;
  return count;
}

Result<std::int64_t> Recordings::expire(std::string_view application_id, std::int64_t before_ms,
                                        std::size_t max_count) {
  ASSIGN_OR_RETURN(Writing writing, context_.database->write());
  Connection& connection = writing.connection();
  ASSIGN_OR_RETURN(
      const std::vector<StoredRecording> doomed,
      doom_all(connection,
               "SELECT " SAYWELL_RECORDING_COLUMNS
               " FROM recording WHERE application_id = ? AND created_ms < ? AND state <> 0 "
               "ORDER BY created_ms LIMIT ?",
               application_id, before_ms, max_count));
  for (const StoredRecording& recording : doomed) {
    AuditEntry entry;
    entry.application_id = application_id;
    entry.actor_role = "retention";
    entry.action = "delete";
    entry.user_id = recording.user_id;
    entry.record_id = recording.id;
    RETURN_IF_ERROR(add_audit(connection, context_.now_ms(), entry));
  }
  RETURN_IF_ERROR(writing.commit());
  return static_cast<std::int64_t>(doomed.size());
}

Result<std::int64_t> Recordings::sweep_retention(const ServerConfig& config,
                                                 std::size_t max_count) {
  ASSIGN_OR_RETURN(const std::vector<std::string> ids,
                   applications_with_recordings(*context_.database));
  std::size_t count = 0;
  for (const std::string& id : ids) {
    ASSIGN_OR_RETURN(const ApplicationLimits limits,
                     Applications(context_).limits_or_default(id, config.limits));
    if (limits.retention_days == 0 || count >= max_count) continue;
    const Result<std::int64_t> expired =
        expire(id, context_.now_ms() - limits.retention_days * kDayMs, max_count - count);
    if (!expired.ok()) return expired;
    count += static_cast<std::size_t>(*expired);
  }
  const Result<std::int64_t> removed = remove_doomed_files(context_);
  if (!removed.ok()) return removed;
  RETURN_IF_ERROR(
      config.audit_days == 0
          ? Status()
          : remove_audit_before(context_, context_.now_ms() - config.audit_days * kDayMs));
  return static_cast<std::int64_t>(count);
}

}  // namespace saywell
