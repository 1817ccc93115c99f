// Shared by the sub-commands of the program: registration, exit codes, the model directory.
//
// Each sub-command has a file (f0_command.cc …) with one function add_…_command, listed in main.cc.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>

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
  CLI::App* app;
  std::function<int()> run;
};

Command add_decode_command(CLI::App& program, const GlobalOptions& globals);
Command add_quality_command(CLI::App& program, const GlobalOptions& globals);
Command add_vad_command(CLI::App& program, const GlobalOptions& globals);
Command add_f0_command(CLI::App& program, const GlobalOptions& globals);
Command add_phones_command(CLI::App& program, const GlobalOptions& globals);
Command add_align_command(CLI::App& program, const GlobalOptions& globals);
Command add_features_command(CLI::App& program, const GlobalOptions& globals);
Command add_assess_command(CLI::App& program, const GlobalOptions& globals);
Command add_batch_command(CLI::App& program, const GlobalOptions& globals);
Command add_serve_command(CLI::App& program, const GlobalOptions& globals);
Command add_client_command(CLI::App& program, const GlobalOptions& globals);
Command add_decode_helper_command(CLI::App& program, const GlobalOptions& globals);
Command add_status_command(CLI::App& program, const GlobalOptions& globals);
Command add_app_command(CLI::App& program, const GlobalOptions& globals);
Command add_config_command(CLI::App& program, const GlobalOptions& globals);

// Prints "saywell: CODE SYMBOL: sentence (detail)" on standard error and returns the exit class of
// the code: 4000x, 40051 and 5010x kFileProblem, 40031 kUsage, 500 kInternalError, others kRefused.
int report(const Status& status);

}  // namespace saywell::cli
