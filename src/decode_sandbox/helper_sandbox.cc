#include "decode_sandbox/helper_sandbox.h"

#include <seccomp.h>
#include <sys/mman.h>
#include <sys/resource.h>

#include <cerrno>
#include <memory>
#include <string>
#include <system_error>

#include "base/status_macros.h"

namespace saywell::decoder {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif

Status refused(const std::string& what, int error) {
  return Status(Code::kInternal, "sandbox: " + what + ": " + std::system_category().message(error));
}

Status limit(__rlimit_resource_t what, rlim_t most, const char* name) {
  const rlimit both{most, most};
  return setrlimit(what, &both) == 0 ? Status() : refused(name, errno);
}

// Decoding needs memory that is not executable, and its two pipes.
constexpr int kAllowed[] = {
    SCMP_SYS(read),         SCMP_SYS(write),          SCMP_SYS(readv),
    SCMP_SYS(writev),       SCMP_SYS(munmap),         SCMP_SYS(mremap),
    SCMP_SYS(brk),          SCMP_SYS(madvise),        SCMP_SYS(futex),
    SCMP_SYS(exit),         SCMP_SYS(exit_group),     SCMP_SYS(rt_sigreturn),
    SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask), SCMP_SYS(restart_syscall),
    SCMP_SYS(gettimeofday), SCMP_SYS(clock_gettime),  SCMP_SYS(getrandom),
    SCMP_SYS(getrusage),    SCMP_SYS(sched_yield),    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(getpid),       SCMP_SYS(gettid),         SCMP_SYS(close)};
// Calls of libraries that manage without them.
constexpr int kDenied[] = {SCMP_SYS(open),       SCMP_SYS(openat), SCMP_SYS(stat),
                           SCMP_SYS(newfstatat), SCMP_SYS(fstat),  SCMP_SYS(lseek),
                           SCMP_SYS(access),     SCMP_SYS(ioctl),  SCMP_SYS(readlink)};

Status filter_system_calls() {
  struct Release {
    void operator()(void* filter) const { seccomp_release(filter); }
  };
  const std::unique_ptr<void, Release> filter(seccomp_init(SCMP_ACT_KILL_PROCESS));
  if (!filter) return refused("seccomp_init", ENOMEM);
  int error = 0;
  for (const int call : kAllowed) {
    if (error == 0) error = seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, call, 0);
  }
  for (const int call : kDenied) {
    if (error == 0) error = seccomp_rule_add(filter.get(), SCMP_ACT_ERRNO(EACCES), call, 0);
  }
  for (const int call : {SCMP_SYS(mmap), SCMP_SYS(mprotect)}) {
    const scmp_arg_cmp not_executable = SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
    if (error == 0) error = seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, call, 1, not_executable);
  }
  if (error == 0) error = seccomp_load(filter.get());
  return error == 0 ? Status() : refused("seccomp", -error);
}

}  // namespace

Status enter_sandbox(const HelperLimits& limits) {
  constexpr rlim_t kDescriptors = 3;
  RETURN_IF_ERROR(limit(RLIMIT_CORE, 0, "RLIMIT_CORE"));
  RETURN_IF_ERROR(limit(RLIMIT_NOFILE, kDescriptors, "RLIMIT_NOFILE"));
  RETURN_IF_ERROR(limit(RLIMIT_FSIZE, 0, "RLIMIT_FSIZE"));
  const auto processor_s = static_cast<rlim_t>(limits.processor_s);
  RETURN_IF_ERROR(limit(RLIMIT_CPU, processor_s, "RLIMIT_CPU"));
  if (kSanitized) return Status();
  RETURN_IF_ERROR(limit(RLIMIT_AS, limits.memory_bytes, "RLIMIT_AS"));
  return filter_system_calls();
}

}  // namespace saywell::decoder
