// A helper as the server sees it: a process at the other end of a socket.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "decode_sandbox/helper_message.h"
#include "decode_sandbox/helper_sandbox.h"
#include "saywell/status.h"

namespace saywell::decoder {

// One thread at a time.
class HelperProcess {
 public:
  // Starts this same program again, from a process with any number of threads. Code 500 when the
  // system has no process to give.
  static Result<std::unique_ptr<HelperProcess>> start(const HelperLimits& limits);

  // Kills it, whatever it is doing, and waits for its end.
  ~HelperProcess();
  HelperProcess(const HelperProcess&) = delete;
  HelperProcess& operator=(const HelperProcess&) = delete;

  // False once it has ended, or sent something unasked.
  bool is_idle() const;

  // Keeps `bytes` until exchange() can send them.
  void send(std::string_view bytes) { unsent_.append(bytes); }
  std::size_t unsent() const { return unsent_.size(); }

  // Sends and receives whatever it can without waiting; if nothing, waits at most `patience` for
  // it. False when the helper has gone or sends nonsense.
  bool exchange(std::chrono::milliseconds patience);
  std::optional<Message> next() { return reader_.next(); }

 private:
  HelperProcess(pid_t pid, int socket) : pid_(pid), socket_(socket) {}
  bool send_some();
  bool receive_some();

  const pid_t pid_;
  const int socket_;
  std::string unsent_;
  MessageReader reader_;
};

}  // namespace saywell::decoder
