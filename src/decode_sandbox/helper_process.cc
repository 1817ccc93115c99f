#include "decode_sandbox/helper_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>
#include <vector>

#include "base/log.h"

namespace saywell::decoder {
namespace {

Status no_helper(int error) {
  return Status(Code::kInternal,
                "a decoding helper cannot be started: " + std::system_category().message(error));
}

class SpawnActions {
 public:
  explicit SpawnActions(int socket) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_adddup2(&actions_, socket, STDIN_FILENO);
    posix_spawn_file_actions_addopen(&actions_, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    // It inherits none of the server's descriptors, not even those opened without O_CLOEXEC.
    posix_spawn_file_actions_addclosefrom_np(&actions_, STDERR_FILENO + 1);
  }
  ~SpawnActions() { posix_spawn_file_actions_destroy(&actions_); }
  SpawnActions(const SpawnActions&) = delete;
  SpawnActions& operator=(const SpawnActions&) = delete;

  const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_{};
};

int spawn(pid_t& pid, int socket, const HelperLimits& limits) {
  std::array<std::string, 6> words = {"saywell",        "decode-helper",
                                      "--memory-bytes", std::to_string(limits.memory_bytes),
                                      "--processor-s",  std::to_string(limits.processor_s)};
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  std::array<char*, 1> environment = {nullptr};
  const SpawnActions actions(socket);
  return posix_spawn(&pid, "/proc/self/exe", actions.get(), nullptr, arguments.data(),
                     environment.data());
}

}  // namespace

Result<std::unique_ptr<HelperProcess>> HelperProcess::start(const HelperLimits& limits) {
  std::array<int, 2> ends{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) return no_helper(errno);
  pid_t pid = 0;
  const int error = spawn(pid, ends[1], limits);
  close(ends[1]);
  if (error != 0) {
    close(ends[0]);
    return no_helper(error);
  }
  fcntl(ends[0], F_SETFL, O_NONBLOCK);
  return std::unique_ptr<HelperProcess>(new HelperProcess(pid, ends[0]));
}

HelperProcess::~HelperProcess() {
  close(socket_);
  int how = 0;
  if (waitpid(pid_, &how, WNOHANG) == pid_ && WIFSIGNALED(how)) {
    log_line(LogLevel::kWarning,
             "a decoding helper ended by signal " + std::to_string(WTERMSIG(how)));
    return;
  }
  kill(pid_, SIGKILL);
  while (waitpid(pid_, &how, 0) < 0 && errno == EINTR) {
  }
}

bool HelperProcess::is_idle() const {
  pollfd poller{socket_, POLLIN, 0};
  return unsent_.empty() && poll(&poller, 1, 0) == 0;
}

bool HelperProcess::send_some() {
  const ssize_t sent = ::send(socket_, unsent_.data(), unsent_.size(), MSG_NOSIGNAL);
  if (sent < 0) return errno == EAGAIN || errno == EINTR;
  unsent_.erase(0, static_cast<std::size_t>(sent));
  return true;
}

bool HelperProcess::receive_some() {
  std::array<char, 65'536> piece;
  const ssize_t got = recv(socket_, piece.data(), piece.size(), 0);
  if (got < 0) return errno == EAGAIN || errno == EINTR;
  reader_.push({piece.data(), static_cast<std::size_t>(got)});
  return got > 0;
}

bool HelperProcess::exchange(std::chrono::milliseconds patience) {
  pollfd poller{socket_, static_cast<short>(unsent_.empty() ? POLLIN : POLLIN | POLLOUT), 0};
  const int ready = poll(&poller, 1, static_cast<int>(patience.count()));
  if (ready < 0) return errno == EINTR;
  if (ready == 0) return true;
  if ((poller.revents & POLLOUT) != 0 && !send_some()) return false;
  if ((poller.revents & (POLLIN | POLLHUP)) != 0 && !receive_some()) return false;
  return (poller.revents & (POLLERR | POLLNVAL)) == 0 && !reader_.broken();
}

}  // namespace saywell::decoder
