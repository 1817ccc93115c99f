// Suggests a known name for a misspelt one.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace saywell {

// "; is 'http_port' meant?" with the known name that is closest in spelling; "" when none is close
// enough.
std::string nearest_name_hint(std::string_view name, std::span<const std::string_view> known);

}  // namespace saywell
