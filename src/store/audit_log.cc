#include "store/audit_log.h"

#include "store/store_context.h"

namespace saywell {

Result<std::vector<AuditEntry>> AuditLog::entries(std::string_view application_id,
                                                  std::int64_t after, std::size_t limit) const {
  if (limit < 1 || limit > kMaxPage) {
    return Status(Code::kBadParameter, "limit",
                  "1 to " + std::to_string(kMaxPage) + " is expected");
  }
  const ReadLock reading = context_.database->read();
  Statement rows = reading->query(
      "SELECT number, at_ms, application_id, actor_role, actor_user, action, user_id, record_id "
      "FROM audit WHERE application_id = ? AND number > ? ORDER BY number LIMIT ?",
      application_id, after, limit);
  std::vector<AuditEntry> entries;
  while (rows.next()) {
    entries.push_back({rows.number(0), rows.number(1), rows.text(2), rows.text(3), rows.text(4),
                       rows.text(5), rows.text(6), rows.text(7)});
  }
  if (!rows.status().ok()) return rows.status();
  return entries;
}

}  // namespace saywell
