// Shared by the sub-commands of the program: registration, exit codes, the model directory.
//
// Each sub-command has a file (f0_command.cc …) with one function add_…_command, listed in main.cc.
#pragma once

#include <functional>
#include <string>

#include "cli/line/options.h"
#include "saywell/status.h"

namespace saywell::cli {

enum ExitCode : int {
  kDone = 0,
  kRefused = 1,      // the assessment was refused: an errID was printed
  kUsage = 2,        // unknown or mistyped option
  kFileProblem = 3,  // a file or model cannot be read or written
  kInternalError = 4
};

struct GlobalOptions {
  std::string model_dir;  // --model-dir, else SAYWELL_MODEL_DIR, else beside the program
};

// A sub-command. `run` is called after the whole line has been parsed, and returns an ExitCode.
struct Command {
  OptionSet options;
  std::function<int()> run;
};

Command add_decode_command(OptionSet program, const GlobalOptions& globals);
Command add_quality_command(OptionSet program, const GlobalOptions& globals);
Command add_vad_command(OptionSet program, const GlobalOptions& globals);
Command add_f0_command(OptionSet program, const GlobalOptions& globals);
Command add_phones_command(OptionSet program, const GlobalOptions& globals);
Command add_align_command(OptionSet program, const GlobalOptions& globals);
Command add_features_command(OptionSet program, const GlobalOptions& globals);
Command add_assess_command(OptionSet program, const GlobalOptions& globals);
Command add_transcribe_command(OptionSet program, const GlobalOptions& globals);
Command add_batch_command(OptionSet program, const GlobalOptions& globals);
Command add_serve_command(OptionSet program, const GlobalOptions& globals);
Command add_client_command(OptionSet program, const GlobalOptions& globals);
Command add_decode_helper_command(OptionSet program, const GlobalOptions& globals);
Command add_status_command(OptionSet program, const GlobalOptions& globals);
Command add_app_command(OptionSet program, const GlobalOptions& globals);
Command add_config_command(OptionSet program, const GlobalOptions& globals);

// Prints "saywell: CODE SYMBOL: sentence (detail)" on standard error and returns the exit class of
// the code: 4000x, 40051 and 5010x kFileProblem, 40031 kUsage, 500 kInternalError, others kRefused.
int report(const Status& status);

}  // namespace saywell::cli
