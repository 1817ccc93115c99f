// The one way to read a model file: whole, and checked against the manifest of its folder.
#pragma once

#include <string>

#include "saywell/status.h"

namespace saywell {

// The bytes of `path`. Where its folder holds a `manifest.tsv`, these bytes must have the SHA-256
// that the manifest names for the file; a folder without one, such as a training's, is taken as it
// is. Code 40051, naming the file and what to do: it cannot be read, its sum is another one, the
// manifest has no line for it, or is itself no manifest. Callable from any thread.
Result<std::string> read_model_file(const std::string& path);

}  // namespace saywell
