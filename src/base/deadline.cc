#include "base/deadline.h"

namespace saywell {

Status Deadline::check() const {
  if (at_ && Clock::now() >= *at_) return Status(Code::kTimeout, "the deadline has passed");
  return {};
}

}  // namespace saywell
