// Who asks, and what they may touch.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace saywell {

enum class Role {
  kLearner,  // reads and writes the recordings of one user
  kTeacher,  // reads and deletes those of the application, writes as one user
  kBackEnd   // the application's own back end (secret or 2011 session): everything of the
             // application
};

std::string_view role_name(Role role);  // "learner", "teacher", "back end"

// One authenticated caller. In open mode (no application) the application is "open", the user
// "guest" unless given, and the role kBackEnd.
struct Access {
  std::string application_id = "open";
  std::string user_id;  // empty: no user of its own (kBackEnd)
  Role role = Role::kBackEnd;
  std::string session_id;  // public name of the session, no secret; part of the recordings' path
  std::int64_t expires_ms = 0;
  bool open = false;  // of a server without applications: everyone may do everything
};

// Whether `access` may read or delete what belongs to `user_id` of `application_id`.
bool may_touch(const Access& access, std::string_view application_id, std::string_view user_id);

// Whether `access` may record as `user_id`: its own user, or any for kBackEnd.
bool may_record_as(const Access& access, std::string_view user_id);

}  // namespace saywell
