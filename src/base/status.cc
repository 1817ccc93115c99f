#include "saywell/status.h"

namespace saywell {

std::string Status::explanation() const {
  return field_.empty() ? detail_ : field_ + ": " + detail_;
}

std::string Status::message() const {
  std::string text(describe_status(number()).message_en);
  if (const std::string why = explanation(); !why.empty()) text += " (" + why + ")";
  return text;
}

}  // namespace saywell
