// Reads the configuration from a TOML file, the environment and the flags; writes it as a file and
// as a page.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/server_config.h"
#include "saywell/status.h"

namespace saywell {

struct ConfigSources {
  std::string file;  // path of a TOML file; empty: none
  // The value of an environment variable, nullopt when it is not set. Empty: no environment.
  std::function<std::optional<std::string>(const std::string& name)> environment;
  std::vector<std::pair<std::string, std::string>> flags;  // option name (http_port), value
};

// Defaults, the file over them, the environment over that, the flags over all; then validate().
// Errors: 40001 the file does not exist · 40002 it cannot be read · 40031 it is no TOML (with the
// line), or one sentence per mistake in any of the sources, joined by "; ": an unknown key (with
// the nearest known one), a value of another type or out of range.
Result<ServerConfig> load_server_config(const ConfigSources& sources);

// Variables of this process.
std::optional<std::string> process_environment(const std::string& name);

// `text` as a configuration file over `config`. Code 40031 as above; `config` is then half changed.
Status apply_config_text(std::string_view text, ServerConfig& config);

// A whole file with every option, its sentence, unit and range as a comment: config/saywell.toml is
// this output for the defaults.
std::string config_toml(const ServerConfig& config);

// docs/configuration.md.
std::string config_markdown();

}  // namespace saywell
