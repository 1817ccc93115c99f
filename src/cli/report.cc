#include <cstdio>

#include "cli/command.h"

namespace saywell::cli {

int report(const Status& status) {
  const StatusInfo* info = find_status(status.number());
  std::fprintf(stderr, "saywell: %d %s: %s\n", status.number(),
               info ? std::string(info->symbol).c_str() : "INTERNAL", status.message().c_str());
  switch (status.code()) {
    case Code::kFileMissing:
    case Code::kFileUnreadable:
    case Code::kNotConvertible:
    case Code::kFileEmpty:
    case Code::kKernelUnavailable: return kFileProblem;
    case Code::kBadParameter: return kUsage;
    case Code::kInternal: return kInternalError;
    default: return kRefused;
  }
}

}  // namespace saywell::cli
