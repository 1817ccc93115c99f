// Base64 (RFC 4648), as in the Authorization header.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace saywell {

// nullopt for other text. Pure.
std::optional<std::string> base64_decoded(std::string_view text);

}  // namespace saywell
