// Base64 (RFC 4648), as the Authorization header has it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace saywell {

// nullopt for what is none. Pure.
std::optional<std::string> base64_decoded(std::string_view text);

}  // namespace saywell
