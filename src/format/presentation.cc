#include "format/presentation.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/phone_set.h"

namespace saywell {

double shown_score(double score, const Presentation& presentation) {
  const double bounded = std::isfinite(score) ? std::clamp(score, 0.0, 100.0) : 0.0;
  if (presentation.rank != 100) return std::floor(bounded / 100 * presentation.rank + 0.5);
  // Divided at the end by a whole number, so that 87.3 is the double nearest to it.
  const double steps_per_point = std::round(1 / presentation.precision);
  return std::floor(bounded * steps_per_point + 0.5) / steps_per_point;
}

std::string shown_phone(std::string_view phone, Alphabet alphabet) {
  if (alphabet == Alphabet::kArpabet) return std::string(phone);
  const std::optional<PhoneId> id = parse_arpabet(phone);
  return std::string(id ? phone_ipa(*id) : phone);
}

std::string shown_phones(std::string_view phones, Alphabet alphabet) {
  std::string shown;
  for (std::string_view rest = phones; !rest.empty();) {
    const std::string_view phone = rest.substr(0, rest.find(' '));
    if (!parse_arpabet(phone)) return std::string(phones);
    if (!shown.empty()) shown += ' ';
    shown += shown_phone(phone, alphabet);
    rest.remove_prefix(std::min(rest.size(), phone.size() + 1));
  }
  return shown;
}

long long shown_ms(double time_ms) { return std::isfinite(time_ms) ? std::llround(time_ms) : 0; }

}  // namespace saywell
