// Results written by the commands: to a file, whole or not at all, or to standard output.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "saywell/status.h"

namespace saywell::cli {

// Writes `bytes` to `path`, "-" being standard output. A regular file that could not be written to
// its end (full disk) is removed. Errors: 40002 naming the path and the system's reason.
Status write_output(const std::string& path, std::span<const std::byte> bytes);

}  // namespace saywell::cli
