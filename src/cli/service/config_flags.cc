#include "cli/service/config_flags.h"

#include <algorithm>
#include <string>
#include <variant>

#include "config/config_options.h"

namespace saywell::cli {
namespace {

// Values may be negative or empty: the table of options checks them, not CLI11.
void add_flag(OptionSet app, const std::shared_ptr<ConfigSources>& sources,
              const ConfigOption& option) {
  std::string help(option.sentence);
  if (!option.unit.empty()) help += " (" + std::string(option.unit) + ")";
  Option flag = app.add_option_function(
      flag_name(option),
      [sources, name = std::string(option.name)](const std::string& text) {
        sources->flags.emplace_back(name, text);
      },
      help);
  const std::string default_text = config_option_text(ServerConfig(), option);
  flag.heading(std::string(option.heading)).shown_default(default_text);
  if (!std::holds_alternative<FlagOption>(option.kind)) return;
  // "--tls-self" alone, "--tls-self false" or "--tls-self=false".
  flag.value_may_be_absent("true", "[true or false]=" + default_text);
}

}  // namespace

std::shared_ptr<ConfigSources> add_config_flags(OptionSet app,
                                                std::span<const std::string_view> names) {
  auto sources = std::make_shared<ConfigSources>();
  sources->environment = process_environment;
  app.add_option("--config", sources->file, "Configuration file (TOML)")
      .environment("SAYWELL_CONFIG");
  for (const ConfigOption& option : config_options()) {
    const bool wanted =
        names.empty() || std::find(names.begin(), names.end(), option.name) != names.end();
    if (wanted) add_flag(app, sources, option);
  }
  return sources;
}

}  // namespace saywell::cli
