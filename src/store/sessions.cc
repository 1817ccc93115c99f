#include "store/sessions.h"

#include "base/digest.h"
#include "base/status_macros.h"
#include "store/crypto/hashes.h"
#include "store/store_context.h"

namespace saywell {
namespace {

constexpr std::size_t kKeyRandomBytes = 32;
constexpr std::size_t kSessionIdRandomBytes = 8;
constexpr std::size_t kMaxUserBytes = 256;
constexpr std::int64_t kUseWrittenEvery_ms = 60'000;

Status ended(std::string why) { return Status(Code::kNotSignedIn, std::move(why)); }

}  // namespace

Result<IssuedKey> Sessions::issue(Access access, std::int64_t idle_ms, std::int64_t life_ms) {
  ASSIGN_OR_RETURN(const std::string key, random_hex(kKeyRandomBytes));
  Result<std::string> session_id = random_hex(kSessionIdRandomBytes);
  if (!session_id.ok()) return session_id.status();
  access.session_id = std::move(session_id).value();
  access.expires_ms = context_.now_ms() + life_ms;
  ASSIGN_OR_RETURN(Writing writing, context_.database->write());
  Status done = writing->run("INSERT INTO session VALUES (?, ?, ?, ?, ?, ?, ?)", sha256_hex(key),
                             access.session_id, access.application_id, access.user_id,
                             static_cast<int>(access.role), idle_ms, access.expires_ms);
  if (done.ok()) done = writing.commit();
  if (!done.ok()) return done;
  return IssuedKey{key, std::move(access)};
}

Result<IssuedKey> Sessions::open_session(std::string_view application_id, std::int64_t idle_ms) {
  Access access;
  access.application_id = application_id;
  access.role = Role::kBackEnd;
  return issue(std::move(access), idle_ms, idle_ms + kUseWrittenEvery_ms);
}

Result<IssuedKey> Sessions::issue_token(std::string_view application_id, std::string_view user_id,
                                        Role role, std::int64_t life_ms) {
  if (user_id.empty() || user_id.size() > kMaxUserBytes) {
    return Status(Code::kBadParameter, "userId", "1 to 256 bytes are expected");
  }
  if (role == Role::kBackEnd) {
    return Status(Code::kBadParameter, "role", "learner or teacher is expected");
  }
  Access access;
  access.application_id = application_id;
  access.user_id = user_id;
  access.role = role;
  return issue(std::move(access), 0, life_ms);
}

Result<Access> Sessions::sign_in(std::string_view key) {
  const std::string hash = sha256_hex(key);
  Access access;
  std::int64_t idle_ms = 0;
  {
    const ReadLock reading = context_.database->read();
    Statement row = reading->query(
        "SELECT session_id, application_id, user_id, role, idle_ms, expires_ms FROM session "
        "WHERE key_sha256 = ?",
        hash);
    if (!row.next()) {
      RETURN_IF_ERROR(row.status());
      return ended("the session or token is not known, or has ended");
    }
    access.session_id = row.text(0);
    access.application_id = row.text(1);
    access.user_id = row.text(2);
    access.role = static_cast<Role>(row.number(3));
    access.expires_ms = row.number(5);
    idle_ms = row.number(4);
  }
  const std::int64_t now_ms = context_.now_ms();
  if (now_ms >= access.expires_ms) return ended("the session or token has expired");
  // Used while the time that is written down still holds for a whole idle time: nothing to write.
  if (idle_ms == 0 || access.expires_ms - now_ms >= idle_ms) return access;
  access.expires_ms = now_ms + idle_ms + kUseWrittenEvery_ms;
  ASSIGN_OR_RETURN(Writing writing, context_.database->write());
  Status done = writing->run("UPDATE session SET expires_ms = ? WHERE key_sha256 = ?",
                             access.expires_ms, hash);
  if (done.ok()) done = writing.commit();
  if (!done.ok()) return done;
  return access;
}

Status Sessions::end(std::string_view key) {
  ASSIGN_OR_RETURN(Writing writing, context_.database->write());
  const Status done = writing->run("DELETE FROM session WHERE key_sha256 = ?", sha256_hex(key));
  return done.ok() ? writing.commit() : done;
}

Result<std::int64_t> Sessions::sweep() {
  ASSIGN_OR_RETURN(Writing writing, context_.database->write());
  Status done = writing->run("DELETE FROM session WHERE expires_ms <= ?", context_.now_ms());
  const std::int64_t count = writing->changes();
  if (done.ok()) done = writing.commit();
  if (!done.ok()) return done;
  return count;
}

}  // namespace saywell
