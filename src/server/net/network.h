// The sockets of the server: HTTP and WebSocket, plain and over TLS, in front of a Router and of
// WebSocketHandler. Network threads move bytes and nothing else; handlers and peers run on worker
// threads.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "saywell/status.h"
#include "server/http/request_gate.h"
#include "server/http/router.h"
#include "server/metrics.h"
#include "server/websocket/websocket_handler.h"

namespace saywell {

struct NetworkOptions {
  std::string host = "127.0.0.1";
  std::uint16_t http_port = 8080;          // 0: a free one
  bool tls = false;                        // the port then speaks HTTPS
  std::string certificate_file, key_file;  // PEM; of `tls`
  std::string stream_path = "/v1/stream";  // of WebSockets

  std::size_t network_threads = 1;
  std::size_t worker_threads = 8;
  std::size_t max_connections = 10'000;
  std::size_t max_head_bytes = 16'384;
  std::size_t max_bodies_bytes = 512'000'000;  // of all requests at a time
  std::size_t max_stream_message_bytes = 1'000'000;
  std::size_t max_stream_backlog_bytes = 1'000'000;  // not yet read by a client: then it is dropped
  std::chrono::milliseconds head_timeout{10'000};
  std::chrono::milliseconds body_timeout{20'000};   // of each 16 KB
  std::chrono::milliseconds write_timeout{30'000};  // of each 64 KB
  std::chrono::milliseconds keep_alive_timeout{75'000};
  std::chrono::milliseconds stream_idle_timeout{600'000};
};

class Network {
 public:
  // Everything must outlive the network.
  struct Parts {
    const Router& router;
    const RequestGate& gate;
    Metrics& metrics;
    WebSocketHandlerFactory peers;  // empty: no WebSockets
    // How long the answer to a refused sign-in is held back. Empty: not at all.
    std::function<std::chrono::steady_clock::duration(const HttpRequest& request)> refusal_delay;
  };

  // Listens when it returns. Codes: 40031 a host or port that cannot be listened on · 40002 a
  // certificate or key that cannot be read.
  static Result<std::unique_ptr<Network>> open(NetworkOptions options, Parts parts);
  // As stop() without time.
  ~Network();
  Network(const Network&) = delete;
  Network& operator=(const Network&) = delete;

  std::uint16_t http_port() const;

  // Reads the certificate files again, for connections from now on. On failure the old ones stay.
  Status reload_certificate();

  // No new connections, and no second request on the ones there are. Returns at once.
  void stop_accepting();

  // Lets requests that are being answered finish, at most `patience`, then closes everything.
  void stop(std::chrono::milliseconds patience);

 private:
  struct Impl;
  explicit Network(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace saywell
