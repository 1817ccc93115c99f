// Random numbers and comparisons for signatures and keys (OpenSSL's). Callable from any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "saywell/status.h"

namespace saywell {

// `bytes` random bytes as 2 * bytes lower-case digits. Code 500 when the system provides none.
Result<std::string> random_hex(std::size_t bytes);

// Whether both are equal, in a time that depends only on their lengths.
bool equal_in_constant_time(std::string_view a, std::string_view b);

}  // namespace saywell
