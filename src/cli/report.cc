#include <cstdio>
#include <string>

#include "cli/command.h"

namespace saywell::cli {

int report(const Status& status) {
  std::fprintf(stderr, "saywell: %d %s: %s\n", status.number(),
               std::string(describe_status(status.number()).symbol).c_str(),
               status.message().c_str());
  constexpr int kNoConnection = 5010;  // 5010x: a client did not reach its server
  if (status.number() / 10 == kNoConnection) return kFileProblem;
  switch (status.code()) {
    case Code::kFileMissing:
    case Code::kFileUnreadable:
    case Code::kNotConvertible:
    case Code::kFileEmpty:
    case Code::kKernelUnavailable:
      return kFileProblem;
    case Code::kBadParameter:
      return kUsage;
    case Code::kInternal:
      return kInternalError;
    default:
      return kRefused;
  }
}

}  // namespace saywell::cli
