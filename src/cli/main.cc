// The program `saywell`: parses the line and runs the sub-command that it names.
#include <exception>
#include <string>
#include <vector>

#include "base/log.h"
#include "cli/command.h"

namespace {

using namespace saywell::cli;

// In the order of --help: whole assessments first, then the stages in the order of the data.
std::vector<Command> add_commands(CLI::App& program, const GlobalOptions& globals) {
  return {
      add_assess_command(program, globals),        add_batch_command(program, globals),
      add_serve_command(program, globals),         add_client_command(program, globals),
      add_decode_command(program, globals),        add_quality_command(program, globals),
      add_vad_command(program, globals),           add_f0_command(program, globals),
      add_phones_command(program, globals),        add_align_command(program, globals),
      add_features_command(program, globals),      add_status_command(program, globals),
      add_app_command(program, globals),           add_config_command(program, globals),
      add_decode_helper_command(program, globals),
  };
}

void add_log_level_option(CLI::App& program) {
  program
      .add_option_function<std::string>(
          "--log-level",
          [](const std::string& name) {
            saywell::log_to_stderr(
                saywell::parse_log_level(name).value_or(saywell::LogLevel::kError));
          },
          "Least serious lines logged on standard error: off, error, warning, info, debug")
      ->check(CLI::IsMember({"off", "error", "warning", "info", "debug"}))
      ->default_str("error");
}

int run_parsed(const std::vector<Command>& commands) {
  for (const Command& command : commands) {
    if (command.app->parsed()) return command.run();
  }
  return kUsage;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App program{
      "Saywell listens to a learner reading aloud and scores the reading, word by word and phone by phone."};
  program.set_version_flag("--version", SAYWELL_VERSION);
  program.require_subcommand(1);
  GlobalOptions globals;
  program
      .add_option("--model-dir", globals.model_dir,
                  "Folder of the models (default: beside the program)")
      ->envname("SAYWELL_MODEL_DIR");
  saywell::log_to_stderr(saywell::LogLevel::kError);
  add_log_level_option(program);
  const std::vector<Command> commands = add_commands(program, globals);
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return program.exit(error) == 0 ? kDone : kUsage;
  }
  try {
    return run_parsed(commands);
  } catch (const std::exception& error) {
    const std::string id = saywell::log_incident(error.what());
    return report(saywell::Status(saywell::Code::kInternal, "incident " + id));
  }
}
