// The program `saywell`: parses the line and runs the one sub-command it names.
#include <vector>

#include "cli/command.h"

namespace {

using namespace saywell::cli;

// In the order of --help: whole assessments first, then the stages in the order of the data.
std::vector<Command> add_commands(CLI::App& program, const GlobalOptions& globals) {
  return {
      add_phones_command(program, globals),
      add_decode_command(program, globals),
      add_quality_command(program, globals),
      add_f0_command(program, globals),
      add_features_command(program, globals),
      add_status_command(program, globals),
  };
}

int run_parsed(const std::vector<Command>& commands) {
  for (const Command& command : commands) {
    if (command.app->parsed()) return command.run();
  }
  return kUsage;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App program{"Saywell hears a learner read aloud and says, word by word and phone by phone, how well."};
  program.set_version_flag("--version", SAYWELL_VERSION);
  program.require_subcommand(1);
  GlobalOptions globals;
  program.add_option("--model-dir", globals.model_dir, "Folder of the models (default: beside the program)")
      ->envname("SAYWELL_MODEL_DIR");
  const std::vector<Command> commands = add_commands(program, globals);
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return program.exit(error) == 0 ? kDone : kUsage;
  }
  return run_parsed(commands);
}
