#include "saywell/status.h"

namespace saywell {

std::string Status::message() const {
  std::string text(describe_status(number()).message_en);
  if (!detail_.empty()) text += " (" + detail_ + ")";
  return text;
}

}  // namespace saywell
