// Digests of bytes (OpenSSL's), as lower-case hexadecimal digits. Callable from any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace saywell {

std::string sha1_hex(std::string_view bytes);    // 40 digits
std::string sha256_hex(std::string_view bytes);  // 64 digits

// Two digits per byte.
std::string to_hex(std::span<const unsigned char> bytes);

}  // namespace saywell
