// The helper's side: `saywell decode-helper`, which only a server starts.
#pragma once

#include "decode_sandbox/helper_sandbox.h"

namespace saywell::decoder {

// Shuts itself in, then decodes recordings that come over standard input, a socket, until that is
// closed. The exit status: 0, or 1 when the sandbox cannot be entered.
int run_helper(const HelperLimits& limits);

}  // namespace saywell::decoder
