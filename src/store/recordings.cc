#include "store/recordings.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <limits>
#include <optional>

#include "base/status_macros.h"
#include "store/crypto/hashes.h"
#include "store/files/safe_name.h"
#include "store/recording_rows.h"
#include "store/recording_writer_state.h"
#include "store/store_context.h"

namespace saywell {
namespace {

constexpr std::size_t kMaxOutsideNameBytes = 256;
constexpr std::size_t kMaxRequestBytes = 1'000'000;
constexpr std::size_t kRecordIdRandomBytes = 16;
constexpr const char* kRecordIdField = "recordId";

Status check_field(std::string_view field, std::string_view value, std::size_t max_bytes) {
  if (value.size() <= max_bytes) return Status();
  return Status(Code::kBadParameter, std::string(field),
                "longer than " + std::to_string(max_bytes) + " bytes");
}

Status check_fields(const NewRecording& wanted) {
  if (!is_extension(wanted.extension)) {
    return Status(Code::kBadParameter, "audioType",
                  "1 to 8 lower-case letters and digits expected");
  }
  const std::pair<std::string_view, std::string_view> fields[] = {
      {"applicationId", wanted.application_id},
      {"userId", wanted.user_id},
      {"sessionId", wanted.session_id},
      {"interface", wanted.interface_name},
      {"coreType", wanted.core_type}};
  for (const auto& [field, value] : fields) {
    RETURN_IF_ERROR(check_field(field, value, kMaxOutsideNameBytes));
  }
  return check_field("request", wanted.request_json, kMaxRequestBytes);
}

// How often an id may be asked for once it turned out to be taken.
enum class IdSource { kAsked, kMade };

Result<std::string> choose_id(const NewRecording& wanted, IdSource source) {
  if (source == IdSource::kMade) return random_hex(kRecordIdRandomBytes);
  if (is_record_id(wanted.asked_id)) return wanted.asked_id;
  return Status(Code::kBadParameter, kRecordIdField,
                "1 to 64 letters, digits, '-' and '_' are expected, not '" +
                    wanted.asked_id.substr(0, 64) + "'");
}

Status id_is_taken(const std::string& id) {
  return Status(Code::kBadParameter, kRecordIdField, "'" + id + "' is taken");
}

// Whether a recording has the id, or had it and its file is still there. Says the error when the
// database fails.
Result<bool> is_taken(Connection& connection, const std::string& id) {
  Statement row = connection.query(
      "SELECT 1 FROM recording WHERE id = ?1 UNION ALL SELECT 1 FROM doomed_file WHERE record_id = "
      "?1",
      id);
  const bool taken = row.next();
  if (!row.status().ok()) return row.status();
  return taken;
}

Result<std::int64_t> used_bytes(Connection& connection, std::string_view application_id) {
  Statement row = connection.query("SELECT bytes FROM application_usage WHERE application_id = ?",
                                   application_id);
  if (row.next()) return row.number(0);
  return row.status().ok() ? Result<std::int64_t>(std::int64_t{0}) : row.status();
}

Result<std::int64_t> storage_left(Connection& connection, std::string_view application_id,
                                  const ApplicationLimits& limits) {
  if (limits.storage_max_bytes == 0) return std::numeric_limits<std::int64_t>::max();
  const Result<std::int64_t> used = used_bytes(connection, application_id);
  if (!used.ok()) return used;
  if (*used < limits.storage_max_bytes) return limits.storage_max_bytes - *used;
  return Status(Code::kBadParameter, "applicationId",
                "the application's storage is used up (storage_max_bytes: " +
                    std::to_string(limits.storage_max_bytes) + ")");
}

StoredRecording as_begun(const NewRecording& wanted, std::string id, std::int64_t now_ms) {
  StoredRecording recording;
  recording.id = std::move(id);
  recording.interface_name = wanted.interface_name;
  recording.application_id = wanted.application_id;
  recording.user_id = wanted.user_id;
  recording.session_id = wanted.session_id;
  recording.extension = wanted.extension;
  recording.request_json = wanted.request_json;
  recording.core_type = wanted.core_type;
  recording.to_be_assessed = wanted.to_be_assessed;
  recording.created_ms = recording.changed_ms = now_ms;
  recording.path = path_of(recording);
  return recording;
}

Status insert_row(Connection& connection, const StoredRecording& recording) {
  return connection.run(
      "INSERT INTO recording (id, interface, application_id, user_id, session_id, extension, "
      "request, core_type, assess, state, created_ms, changed_ms, path) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?)",
      recording.id, recording.interface_name, recording.application_id, recording.user_id,
      recording.session_id, recording.extension, recording.request_json, recording.core_type,
      recording.to_be_assessed, recording.created_ms, recording.changed_ms, recording.path);
}

using State = RecordingWriter::State;

// Nothing of it goes to the disk; the id is kept free from others while the writer lives.
Result<std::unique_ptr<State>> begin_unstored(StoreContext& context, StoredRecording recording) {
  // As a writer, so that none begins a stored recording of the same id meanwhile.
  ASSIGN_OR_RETURN(Writing writing, context.database->write());
  ASSIGN_OR_RETURN(const bool taken, is_taken(writing.connection(), recording.id));
  if (taken || !context.unstored_ids.add(recording.id)) return id_is_taken(recording.id);
  auto state = std::make_unique<State>(State{context, std::move(recording), false});
  state->storage_left_bytes = std::numeric_limits<std::int64_t>::max();
  return state;
}

Result<std::unique_ptr<State>> begin_stored(StoreContext& context, StoredRecording recording,
                                            const ApplicationLimits& limits) {
  std::int64_t left_bytes = 0;
  RETURN_IF_ERROR(context.folder.check_room());
  {
    ASSIGN_OR_RETURN(Writing writing, context.database->write());
    Connection& connection = writing.connection();
    ASSIGN_OR_RETURN(const bool taken, is_taken(connection, recording.id));
    if (taken || context.unstored_ids.has(recording.id)) return id_is_taken(recording.id);
    ASSIGN_OR_RETURN(const std::int64_t left,
                     storage_left(connection, recording.application_id, limits));
    RETURN_IF_ERROR(insert_row(connection, recording));
    recording.number = connection.last_row();
    left_bytes = left;
    RETURN_IF_ERROR(writing.commit());
  }
  auto state = std::make_unique<State>(State{context, std::move(recording), true});
  state->storage_left_bytes = left_bytes;
  Result<OpenFile> file = context.folder.create(state->incoming());
  if (!file.ok()) {
    RecordingWriter(std::move(state)).discard();
    return file.status();
  }
  state->file = std::move(file).value();
  return state;
}

// The number in a cursor; nullopt for a text that is none.
std::optional<std::int64_t> cursor_number(std::string_view cursor) {
  if (cursor.empty()) return std::numeric_limits<std::int64_t>::max();
  std::int64_t number = 0;
  const char* end = cursor.data() + cursor.size();
  const auto read = std::from_chars(cursor.data(), end, number);
  if (read.ec != std::errc() || read.ptr != end || number < 1) return std::nullopt;
  return number;
}

Result<RecordingFile> open_file(const StoreContext& context, StoredRecording recording) {
  const auto refused = [&recording](const char* why) {
    return Status(Code::kFileUnreadable, "recordId", "'" + recording.id + "' " + why);
  };
  if (recording.state == RecordingState::kReceiving) return refused("is still being received");
  if (recording.file_missing) return refused("has lost its file");
  Result<OpenFile> file = context.folder.open_to_read(recording.path);
  if (file.status().code() == Code::kFileMissing) return refused("has lost its file");
  if (!file.ok()) return file.status();
  const Result<std::int64_t> size = context.folder.size(recording.path);
  if (size.status().code() == Code::kFileMissing) return refused("has lost its file");
  if (!size.ok()) return size.status();
  return RecordingFile(std::move(recording), std::move(file).value(), *size);
}

}  // namespace

Result<std::size_t> RecordingFile::read_at(std::int64_t offset, std::span<std::byte> target) const {
  while (true) {
    const ssize_t got = ::pread(descriptor(), target.data(), target.size(), offset);
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno == EINTR) continue;
    return Status(Code::kFileUnreadable, "recordId", "'" + recording_.id + "' cannot be read");
  }
}

Result<std::string> RecordingFile::read_front(std::size_t max_bytes) const {
  std::string bytes(std::min(max_bytes, static_cast<std::size_t>(size_)), '\0');
  ASSIGN_OR_RETURN(const std::size_t got,
                   read_at(0, std::as_writable_bytes(std::span(bytes.data(), bytes.size()))));
  bytes.resize(got);
  return bytes;
}

Result<RecordingWriter> Recordings::begin(const NewRecording& wanted,
                                          const ApplicationLimits& limits) {
  RETURN_IF_ERROR(check_fields(wanted));
  const bool stored = wanted.store && limits.store;
  const auto attempt = [&](IdSource source) -> Result<std::unique_ptr<State>> {
    ASSIGN_OR_RETURN(const std::string id, choose_id(wanted, source));
    StoredRecording recording = as_begun(wanted, id, context_.now_ms());
    return stored ? begin_stored(context_, std::move(recording), limits)
                  : begin_unstored(context_, std::move(recording));
  };
  const bool asked = !wanted.asked_id.empty();
  Result<std::unique_ptr<State>> state = attempt(asked ? IdSource::kAsked : IdSource::kMade);
  const bool id_refused =
      state.status().code() == Code::kBadParameter && state.status().field() == kRecordIdField;
  if (asked && wanted.asked_id_or_made && id_refused) state = attempt(IdSource::kMade);
  if (!state.ok()) return state.status();
  (*state)->recording_max_bytes = limits.recording_max_bytes;
  return RecordingWriter(std::move(state).value());
}

Result<StoredRecording> Recordings::find(std::string_view id) const {
  const ReadLock reading = context_.database->read();
  return find_recording(reading.connection(), id);
}

Result<RecordingFile> Recordings::open(std::string_view id, const Access& access) {
  Result<StoredRecording> recording = find(id);
  if (!recording.ok()) return recording.status();
  if (!may_touch(access, recording->application_id, recording->user_id)) return no_recording(id);
  AuditEntry entry = audit_entry(access, "read", recording->user_id);
  entry.record_id = recording->id;
  Result<RecordingFile> file = open_file(context_, std::move(recording).value());
  if (!file.ok()) return file;
  RETURN_IF_ERROR(note(entry));
  return file;
}

Result<RecordingFile> Recordings::open_for_assessment(std::string_view id) const {
  Result<StoredRecording> recording = find(id);
  if (!recording.ok()) return recording.status();
  return open_file(context_, std::move(recording).value());
}

Status Recordings::note(const AuditEntry& entry) {
  ASSIGN_OR_RETURN(Writing writing, context_.database->write());
  const Status added = add_audit(writing.connection(), context_.now_ms(), entry);
  return added.ok() ? writing.commit() : added;
}

Status Recordings::keep_result(std::string_view id, int code, std::string_view json,
                               std::int64_t duration_ms) {
  ASSIGN_OR_RETURN(Writing writing, context_.database->write());
  Connection& connection = writing.connection();
  const RecordingState state = code == 0 ? RecordingState::kDone : RecordingState::kFailed;
  Status done = connection.run(
      "UPDATE recording SET state = ?, code = ?, changed_ms = ?, "
      "duration_ms = CASE duration_ms WHEN 0 THEN ? ELSE duration_ms END "
      "WHERE id = ? AND state <> 0",
      static_cast<int>(state), code, context_.now_ms(), duration_ms, id);
  if (!done.ok()) return done;
  if (connection.changes() == 0) return no_recording(id);
  done = connection.run(
      "INSERT OR REPLACE INTO result SELECT number, ?1 FROM recording WHERE id = ?2", json, id);
  return done.ok() ? writing.commit() : done;
}

Result<StoredResult> Recordings::result(std::string_view id, const Access& access) {
  const Result<StoredRecording> recording = find(id);
  if (!recording.ok()) return recording.status();
  if (!may_touch(access, recording->application_id, recording->user_id)) return no_recording(id);
  StoredResult result{recording->state, recording->code, ""};
  {
    const ReadLock reading = context_.database->read();
    Statement row =
        reading->query("SELECT json FROM result WHERE recording = ?", recording->number);
    if (row.next()) result.json = row.text(0);
    if (!row.status().ok()) return row.status();
  }
  if (result.json.empty()) return result;
  AuditEntry entry = audit_entry(access, "read result", recording->user_id);
  entry.record_id = recording->id;
  RETURN_IF_ERROR(note(entry));
  return result;
}

Result<RecordingPage> Recordings::list(const Query& query, const Access& access) const {
  if (query.limit < 1 || query.limit > kMaxPage) {
    return Status(Code::kBadParameter, "limit",
                  "1 to " + std::to_string(kMaxPage) + " is expected");
  }
  const std::optional<std::int64_t> before = cursor_number(query.cursor);
  if (!before) {
    return Status(Code::kBadParameter, "cursor", "the nextCursor of an earlier page is expected");
  }
  if (!may_touch(access, access.application_id, query.user_id)) {
    return Status(Code::kFileMissing, "userId", "no recordings of this user");
  }
  const auto one_more = static_cast<std::int64_t>(query.limit + 1);
  const ReadLock reading = context_.database->read();
  Statement rows =
      query.user_id.empty()
          ? reading->query("SELECT " SAYWELL_RECORDING_COLUMNS
                           " FROM recording WHERE application_id = ? AND number < ? "
                           "ORDER BY number DESC LIMIT ?",
                           access.application_id, *before, one_more)
          : reading->query("SELECT " SAYWELL_RECORDING_COLUMNS
                           " FROM recording WHERE application_id = ? AND user_id = ? AND "
                           "number < ? ORDER BY number DESC LIMIT ?",
                           access.application_id, query.user_id, *before, one_more);
  RecordingPage page;
  while (rows.next()) page.recordings.push_back(read_recording(rows));
  if (!rows.status().ok()) return rows.status();
  if (page.recordings.size() > query.limit) {
    page.recordings.pop_back();
    page.next_cursor = std::to_string(page.recordings.back().number);
  }
  return page;
}

Result<std::int64_t> Recordings::storage_bytes() const {
  const ReadLock reading = context_.database->read();
  Statement row = reading->query("SELECT coalesce(sum(bytes), 0) FROM application_usage");
  if (row.next()) return row.number(0);
  return row.status();
}

Result<std::int64_t> Recordings::storage_bytes(std::string_view application_id) const {
  const ReadLock reading = context_.database->read();
  return used_bytes(reading.connection(), application_id);
}

Result<std::vector<StoredRecording>> Recordings::queued() const {
  const ReadLock reading = context_.database->read();
  Statement rows = reading->query("SELECT " SAYWELL_RECORDING_COLUMNS
                                  " FROM recording WHERE state = 2 ORDER BY number");
  std::vector<StoredRecording> recordings;
  while (rows.next()) recordings.push_back(read_recording(rows));
  if (!rows.status().ok()) return rows.status();
  return recordings;
}

}  // namespace saywell
