// The program `saywell`: parses the line and runs the sub-command that it names.
#include <exception>
#include <optional>
#include <string>
#include <vector>

#include "base/log.h"
#include "cli/command.h"

namespace {

using namespace saywell::cli;

// In the order of --help: whole assessments first, then the stages in the order of the data.
std::vector<Command> add_commands(OptionSet program, const GlobalOptions& globals) {
  return {
      add_assess_command(program, globals),  add_transcribe_command(program, globals),
      add_batch_command(program, globals),   add_serve_command(program, globals),
      add_client_command(program, globals),  add_decode_command(program, globals),
      add_quality_command(program, globals), add_vad_command(program, globals),
      add_f0_command(program, globals),      add_phones_command(program, globals),
      add_align_command(program, globals),   add_features_command(program, globals),
      add_status_command(program, globals),  add_app_command(program, globals),
      add_config_command(program, globals),  add_decode_helper_command(program, globals),
  };
}

void add_log_level_option(OptionSet program) {
  program
      .add_option_function(
          "--log-level",
          [](const std::string& name) {
            saywell::log_to_stderr(
                saywell::parse_log_level(name).value_or(saywell::LogLevel::kError));
          },
          "Least serious lines logged on standard error: off, error, warning, info, debug")
      .one_of({"off", "error", "warning", "info", "debug"})
      .shown_default("error");
}

int run_parsed(const std::vector<Command>& commands) {
  for (const Command& command : commands) {
    if (command.options.parsed()) return command.run();
  }
  return kUsage;
}

}  // namespace

int main(int argc, char** argv) {
  CommandLine line(
      "Saywell listens to a learner reading aloud and scores the reading, word by word and phone by phone.",
      SAYWELL_VERSION);
  OptionSet program = line.options();
  GlobalOptions globals;
  program
      .add_option("--model-dir", globals.model_dir,
                  "Folder of the models (default: beside the program)")
      .environment("SAYWELL_MODEL_DIR");
  saywell::log_to_stderr(saywell::LogLevel::kError);
  add_log_level_option(program);
  const std::vector<Command> commands = add_commands(program, globals);
  const std::optional<bool> goes_on = line.parse(argc, argv);
  if (!goes_on) return kUsage;
  if (!*goes_on) return kDone;
  try {
    return run_parsed(commands);
  } catch (const std::exception& error) {
    const std::string id = saywell::log_incident(error.what());
    return report(saywell::Status(saywell::Code::kInternal, "incident " + id));
  }
}
