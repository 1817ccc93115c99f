// Turns names from outside into file names. Callable from any thread.
#pragma once

#include <string>
#include <string_view>

namespace saywell {

// `text` as the name of one file or folder. Letters, digits, '-', '_' and inner dots stay; every
// other byte becomes %XX. A name longer than 120 bytes is cut to 48, followed by '~' and its
// SHA-256. "" becomes "%". Different texts have different names; none is "." or "..", begins with a
// dot, or contains a slash.
std::string safe_file_name(std::string_view text);

// 1 to 64 letters (ASCII), digits, '-' and '_'.
bool is_record_id(std::string_view text);

// 1 to 8 lower-case letters and digits.
bool is_extension(std::string_view text);

}  // namespace saywell
