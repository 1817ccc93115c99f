// `saywell decode-helper`, hidden: the server starts it to decode recordings (src/decode_sandbox/).
#include <cstdlib>
#include <memory>

#include "cli/command.h"
#include "decode_sandbox/helper_main.h"

namespace saywell::cli {

Command add_decode_helper_command(OptionSet program, const GlobalOptions&) {
  OptionSet app = program.add_subcommand("decode-helper", "Decodes for a server that started it");
  app.hide();
  auto limits = std::make_shared<decoder::HelperLimits>();
  app.add_option("--memory-bytes", limits->memory_bytes);
  app.add_option("--processor-s", limits->processor_s);
  // Skips the destructors of libraries, whose system calls the sandbox may not allow.
  return {app, [limits]() -> int {
            std::_Exit(decoder::run_helper(*limits) == 0 ? kDone : kInternalError);
          }};
}

}  // namespace saywell::cli
