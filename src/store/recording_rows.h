// Reads and changes rows of the table `recording`, within the caller's transaction.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "saywell/status.h"
#include "store/access.h"
#include "store/audit_log.h"
#include "store/recording.h"
#include "store/sqlite/connection.h"
#include "store/store_context.h"

namespace saywell {

// The columns that read_recording() takes, in order.
#define SAYWELL_RECORDING_COLUMNS                                                             \
  "number, id, interface, application_id, user_id, session_id, extension, request, "          \
  "core_type, assess, state, cut_short, file_missing, code, bytes, duration_ms, created_ms, " \
  "changed_ms, path"

StoredRecording read_recording(const Statement& row);

// The final path of its file.
std::string path_of(const StoredRecording& recording);

// Code 40001.
Result<StoredRecording> find_recording(Connection& connection, std::string_view id);

// The answer for a record that does not exist, or that the caller may not touch.
Status no_recording(std::string_view id);

// Deletes the row and lists its files for deletion; the id stays taken until they are gone.
Status doom(Connection& connection, const StoredRecording& recording);

// Removes the listed files of deleted recordings, in their own transactions: an id becomes free
// only when its file is gone. Returns the number of entries.
Result<std::int64_t> remove_doomed_files(StoreContext& context);

// Writes the entry with the time; the database assigns its number.
Status add_audit(Connection& connection, std::int64_t now_ms, const AuditEntry& entry);

// The entry for `access` doing `action` to data of `user_id`.
AuditEntry audit_entry(const Access& access, std::string_view action, std::string_view user_id);

}  // namespace saywell
