// Return failures to the caller, in functions that return Status or Result<T>.
//
//   RETURN_IF_ERROR(deadline.check());
//   ASSIGN_OR_RETURN(const Recording recording, media_file_to_pcm(path));
//   ASSIGN_OR_RETURN(scorer_, Scorer::load(model_dir));
//
// Not for coroutines, which leave with co_return.
#pragma once

#include <utility>

#include "saywell/status.h"

namespace saywell::internal {

inline Status status_of(Status status) { return status; }
template <class T>
Status status_of(const Result<T>& result) {
  return result.status();
}

}  // namespace saywell::internal

// The expression is a Status or a Result<T> whose value is not needed.
#define RETURN_IF_ERROR(...)                                                              \
  do {                                                                                    \
    if (::saywell::Status status_to_return = ::saywell::internal::status_of(__VA_ARGS__); \
        !status_to_return.ok())                                                           \
      return status_to_return;                                                            \
  } while (false)

#define SAYWELL_JOIN_TOKENS_(a, b) a##b
#define SAYWELL_JOIN_TOKENS(a, b) SAYWELL_JOIN_TOKENS_(a, b)

// `target` is a declaration without a comma, or an assignable expression; the other argument is a
// Result<T>. One per line.
#define ASSIGN_OR_RETURN(target, ...) \
  SAYWELL_ASSIGN_OR_RETURN_(SAYWELL_JOIN_TOKENS(result_of_line_, __LINE__), target, __VA_ARGS__)
#define SAYWELL_ASSIGN_OR_RETURN_(result, target, ...) \
  auto result = __VA_ARGS__;                           \
  if (!result.ok()) return result.status();            \
  target = *std::move(result)
