// What someone may have meant who wrote a name that is not known.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace saywell {

// "; is 'http_port' meant?" for the known name that is closest in spelling, when one is close
// enough to be meant; else "".
std::string nearest_name_hint(std::string_view name, std::span<const std::string_view> known);

}  // namespace saywell
