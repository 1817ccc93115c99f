// saywell config: the configuration in force, as a file.
#include <iostream>
#include <memory>
#include <string>

#include "cli/command.h"
#include "cli/service/config_flags.h"

namespace saywell::cli {
namespace {

struct ConfigCommand {
  std::shared_ptr<ConfigSources> sources;
  bool defaults = false;
  std::string format = "toml";
};

// config/saywell.toml and docs/configuration.md are the outputs for --defaults.
int run_config(const ConfigCommand& command) {
  if (command.format == "markdown") {
    std::cout << config_markdown();
    return kDone;
  }
  const Result<ServerConfig> config = command.defaults ? Result<ServerConfig>(ServerConfig())
                                                       : load_server_config(*command.sources);
  if (!config.ok()) return report(config.status());
  std::cout << config_toml(*config);
  return kDone;
}

}  // namespace

Command add_config_command(OptionSet program, const GlobalOptions&) {
  auto command = std::make_shared<ConfigCommand>();
  OptionSet app = program.add_subcommand(
      "config", "The server's configuration, from file, environment and flags");
  command->sources = add_config_flags(app);
  app.add_flag("--defaults", command->defaults, "The defaults instead");
  app.add_option("--format", command->format, "toml, or markdown: the page on all options")
      .one_of({"toml", "markdown"})
      .show_default();
  return {app, [command] { return run_config(*command); }};
}

}  // namespace saywell::cli
