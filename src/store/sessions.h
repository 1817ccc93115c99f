// Session keys of the 2011 interface, and tokens for one user.
//
// Keys are 32 random bytes in hexadecimal; only their SHA-256 is stored. Callable from any thread;
// calls wait for the disk.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "saywell/status.h"
#include "store/access.h"

namespace saywell {

struct StoreContext;

struct IssuedKey {
  std::string key;  // told once, never stored
  Access access;    // with session_id and expires_ms
};

class Sessions {
 public:
  explicit Sessions(StoreContext& context) : context_(context) {}

  // A 2011 session of an application (role kBackEnd): ends after `idle_ms` without use, or up to a
  // minute later, because its use is written down only once a minute.
  Result<IssuedKey> open_session(std::string_view application_id, std::int64_t idle_ms);

  // A token for one user and role (kLearner or kTeacher), for `life_ms` whatever happens.
  // Code 40031 for an empty or over-long (256 bytes) user.
  Result<IssuedKey> issue_token(std::string_view application_id, std::string_view user_id,
                                Role role, std::int64_t life_ms);

  // The access behind a session key or token, and its use: a session's idle time starts again. Code
  // 40080 for one that is not known or has ended; others when the database fails.
  Result<Access> sign_in(std::string_view key);

  // Ends a session or token; ok when there is none.
  Status end(std::string_view key);

  // Deletes what has expired; returns how many.
  Result<std::int64_t> sweep();

 private:
  Result<IssuedKey> issue(Access access, std::int64_t idle_ms, std::int64_t life_ms);

  StoreContext& context_;
};

}  // namespace saywell
