// The sandbox of a decoding helper: it may compute, and use the descriptors it has.
#pragma once

#include <cstddef>

#include "saywell/status.h"

namespace saywell::decoder {

struct HelperLimits {
  std::size_t memory_bytes = 1'073'741'824;  // of address space
  int processor_s = 60;                      // over all recordings
};

// For the whole process, for ever: no files, sockets, processes or executable memory. A forbidden
// call kills the process. A build with a sanitizer, which needs most of these, only limits
// descriptors and processor time. Code 500 when the system refuses.
Status enter_sandbox(const HelperLimits& limits);

}  // namespace saywell::decoder
