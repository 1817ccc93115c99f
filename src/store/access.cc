#include "store/access.h"

namespace saywell {

std::string_view role_name(Role role) {
  switch (role) {
    case Role::kLearner:
      return "learner";
    case Role::kTeacher:
      return "teacher";
    case Role::kBackEnd:
      return "back end";
  }
  return "";
}

bool may_touch(const Access& access, std::string_view application_id, std::string_view user_id) {
  if (access.application_id != application_id) return false;
  return access.role != Role::kLearner || access.user_id == user_id;
}

bool may_record_as(const Access& access, std::string_view user_id) {
  return access.role == Role::kBackEnd || access.user_id == user_id;
}

}  // namespace saywell
