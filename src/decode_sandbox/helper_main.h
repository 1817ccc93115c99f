// The helper's side: `saywell decode-helper`, started by servers only.
#pragma once

#include "decode_sandbox/helper_sandbox.h"

namespace saywell::decoder {

// Enters the sandbox, then decodes recordings from standard input, a socket, until it is closed.
// The exit status: 0, or 1 when the sandbox cannot be entered.
int run_helper(const HelperLimits& limits);

}  // namespace saywell::decoder
