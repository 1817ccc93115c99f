// Finds the program's models and pages.
#pragma once

#include <string>

#include "cli/command.h"

namespace saywell::cli {

// --model-dir or SAYWELL_MODEL_DIR when given; else `models` beside the program, else
// `../share/saywell/models` relative to it. The folder is not checked here: loading a model names
// missing files.
std::string resolve_model_dir(const GlobalOptions& globals);

// The folder of the practice page: `web` beside the program, else `../share/saywell/web`; empty
// when neither exists.
std::string find_web_dir();

}  // namespace saywell::cli
