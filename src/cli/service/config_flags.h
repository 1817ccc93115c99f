// The server's configuration on the command line: --config, and a flag for each option.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "cli/line/options.h"
#include "config/config_file.h"

namespace saywell::cli {

// Adds --config and the flags of the options `names` (empty: of all) to `app`. Once the line has
// been parsed the sources hold its values; they read this process's environment.
// load_server_config() checks all of it and names mistakes.
std::shared_ptr<ConfigSources> add_config_flags(OptionSet app,
                                                std::span<const std::string_view> names = {});

}  // namespace saywell::cli
