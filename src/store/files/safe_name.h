// Names from outside as names of files. Callable from any thread.
#pragma once

#include <string>
#include <string_view>

namespace saywell {

// `text` as the name of one file or folder: letters, digits, '-', '_' and inner dots stay, every
// other byte becomes %XX; what would be longer than 120 bytes is cut to 48 and ends in '~' and its
// SHA-256; "" becomes "%". Different texts have different names; none is "." or "..", begins with a
// dot, or contains a slash.
std::string safe_file_name(std::string_view text);

// 1 to 64 letters (ASCII), digits, '-' and '_'.
bool is_record_id(std::string_view text);

// 1 to 8 lower-case letters and digits.
bool is_extension(std::string_view text);

}  // namespace saywell
