#include "store/sqlite/schema.h"

#include <cstdint>
#include <iterator>
#include <string>

#include "base/status_macros.h"

namespace saywell {
namespace {

constexpr std::int64_t kSaywell = 0x53617977;  // "Sayw": marks the file as ours (application_id)

// A step that has been released is never changed: what is to be different becomes a further step.
constexpr const char* kSteps[] = {
    // 1: applications, their own limits, sessions and tokens.
    R"sql(
CREATE TABLE application (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL UNIQUE,
  secret TEXT NOT NULL,
  created_ms INTEGER NOT NULL
) STRICT;
CREATE TABLE application_limit (
  application_id TEXT NOT NULL REFERENCES application (id) ON DELETE CASCADE,
  option TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (application_id, option)
) STRICT, WITHOUT ROWID;
CREATE TABLE session (
  key_sha256 TEXT PRIMARY KEY,
  session_id TEXT NOT NULL,
  application_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  role INTEGER NOT NULL,
  idle_ms INTEGER NOT NULL,
  expires_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_by_application ON session (application_id, user_id);
CREATE INDEX session_by_expiry ON session (expires_ms);
)sql",
    // 2: recordings, results, and the bytes an application uses, kept by triggers.
    R"sql(
CREATE TABLE recording (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  interface TEXT NOT NULL,
  application_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  session_id TEXT NOT NULL,
  extension TEXT NOT NULL,
  request TEXT NOT NULL,
  core_type TEXT NOT NULL,
  assess INTEGER NOT NULL,
  state INTEGER NOT NULL,
  cut_short INTEGER NOT NULL DEFAULT 0,
  file_missing INTEGER NOT NULL DEFAULT 0,
  code INTEGER NOT NULL DEFAULT 0,
  bytes INTEGER NOT NULL DEFAULT 0,
  duration_ms INTEGER NOT NULL DEFAULT 0,
  created_ms INTEGER NOT NULL,
  changed_ms INTEGER NOT NULL,
  path TEXT NOT NULL UNIQUE
) STRICT;
CREATE INDEX recording_by_user ON recording (application_id, user_id, number);
CREATE INDEX recording_by_age ON recording (application_id, created_ms);
CREATE INDEX recording_by_application ON recording (application_id, number);
CREATE INDEX recording_receiving ON recording (number) WHERE state = 0;
CREATE INDEX recording_queued ON recording (number) WHERE state = 2;
CREATE TABLE result (
  recording INTEGER PRIMARY KEY REFERENCES recording (number) ON DELETE CASCADE,
  json TEXT NOT NULL
) STRICT;
CREATE TABLE application_usage (
  application_id TEXT PRIMARY KEY,
  bytes INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER recording_added AFTER INSERT ON recording BEGIN
  INSERT INTO application_usage VALUES (NEW.application_id, NEW.bytes)
  ON CONFLICT DO UPDATE SET bytes = bytes + NEW.bytes;
END;
CREATE TRIGGER recording_resized AFTER UPDATE OF bytes ON recording BEGIN
  UPDATE application_usage SET bytes = bytes + NEW.bytes - OLD.bytes
  WHERE application_id = NEW.application_id;
END;
CREATE TRIGGER recording_removed AFTER DELETE ON recording BEGIN
  UPDATE application_usage SET bytes = bytes - OLD.bytes
  WHERE application_id = OLD.application_id;
END;
)sql",
    // 3: who read or deleted what; files of deleted recordings that are still to be removed.
    R"sql(
CREATE TABLE audit (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  at_ms INTEGER NOT NULL,
  application_id TEXT NOT NULL,
  actor_role TEXT NOT NULL,
  actor_user TEXT NOT NULL,
  action TEXT NOT NULL,
  user_id TEXT NOT NULL,
  record_id TEXT NOT NULL
) STRICT;
CREATE INDEX audit_by_application ON audit (application_id, number);
CREATE INDEX audit_by_age ON audit (at_ms);
CREATE TABLE doomed_file (
  path TEXT PRIMARY KEY,
  record_id TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX doomed_by_record ON doomed_file (record_id);
)sql",
};

Result<std::int64_t> pragma(Connection& connection, std::string_view sql) {
  Statement statement = connection.query(sql);
  if (statement.next()) return statement.number(0);
  return statement.status().ok() ? Status(Code::kInternal, "the database has no version")
                                 : statement.status();
}

Result<std::int64_t> version_of(Connection& connection) {
  return pragma(connection, "PRAGMA user_version");
}

Status check_owner(Connection& connection, std::int64_t version) {
  ASSIGN_OR_RETURN(const std::int64_t owner, pragma(connection, "PRAGMA application_id"));
  ASSIGN_OR_RETURN(const std::int64_t tables,
                   pragma(connection, "SELECT count(*) FROM sqlite_schema"));
  if (owner == kSaywell || (owner == 0 && version == 0 && tables == 0)) return Status();
  return Status(Code::kBadParameter, "data_dir", "the database in it is another program's");
}

// One step, unless another process took it meanwhile.
Status take_step(Connection& connection, int step) {
  Status done = connection.run("BEGIN IMMEDIATE");
  if (!done.ok()) return done;
  const Result<std::int64_t> version = version_of(connection);
  done = version.status();
  if (done.ok() && *version == step) {
    done = connection.run_script(kSteps[step]);
    const std::string mark = "PRAGMA user_version = " + std::to_string(step + 1) +
                             "; PRAGMA application_id = " + std::to_string(kSaywell);
    if (done.ok()) done = connection.run_script(mark.c_str());
  }
  if (done.ok()) done = connection.run("COMMIT");
  if (!done.ok()) {
    const Status ignored = connection.run("ROLLBACK");
    static_cast<void>(ignored);
  }
  return done;
}

}  // namespace

int newest_schema() { return static_cast<int>(std::size(kSteps)); }

Status migrate(Connection& connection) { return migrate_to(connection, newest_schema()); }

Status migrate_to(Connection& connection, int version) {
  ASSIGN_OR_RETURN(const std::int64_t found, version_of(connection));
  RETURN_IF_ERROR(check_owner(connection, found));
  if (found > newest_schema()) {
    return Status(Code::kBadParameter, "data_dir",
                  "a newer Saywell wrote the database in it (schema " + std::to_string(found) +
                      "; this program knows schemas up to " + std::to_string(newest_schema()) +
                      ")");
  }
  for (int step = static_cast<int>(found); step < version; ++step) {
    RETURN_IF_ERROR(take_step(connection, step));
  }
  return Status();
}

}  // namespace saywell
