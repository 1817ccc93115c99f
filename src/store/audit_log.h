// The audit log of reads and deletions. Recordings writes it; `GET /v1/audit` and the operator read
// it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "saywell/status.h"

namespace saywell {

struct StoreContext;

struct AuditEntry {
  std::int64_t number = 0;
  std::int64_t at_ms = 0;
  std::string application_id;
  std::string actor_role;  // "learner", "teacher", "back end", "operator", "retention"
  std::string actor_user;
  std::string action;   // "read", "read result", "delete", "delete user"
  std::string user_id;  // the recording's user
  std::string record_id;
};

class AuditLog {
 public:
  static constexpr std::size_t kMaxPage = 500;

  explicit AuditLog(StoreContext& context) : context_(context) {}

  // Entries of an application after number `after`, the oldest first, at most `limit`.
  Result<std::vector<AuditEntry>> entries(std::string_view application_id, std::int64_t after,
                                          std::size_t limit) const;

 private:
  StoreContext& context_;
};

}  // namespace saywell
