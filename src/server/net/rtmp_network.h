// The port of the recording server: RTMP, and RTMPS with a certificate, in front of
// RtmpConversations. One network thread moves bytes and parses messages; conversations run on
// worker threads, since they may wait for the disk.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "rtmp/limits.h"
#include "saywell/status.h"
#include "server/authenticator.h"
#include "server/metrics.h"
#include "server/recording/recording_service.h"
#include "server/rtmp/link_state.h"

namespace saywell {

struct RtmpOptions {
  std::string host = "127.0.0.1";
  std::uint16_t port = 1935;               // 0: a free one
  bool tls = false;                        // a connection that begins with TLS is RTMPS
  bool plain = true;                       // other connections are served too
  std::string certificate_file, key_file;  // PEM; of `tls`

  rtmp::Limits limits;
  std::size_t worker_threads = 4;
  std::size_t max_connections = 10'000;
  std::int64_t read_rate = 12'000;            // of all publishers, about: more wait for each other
  std::size_t max_backlog_bytes = 1'048'576;  // not yet read by a client, which is then dropped
  RtmpTimeouts timeouts;
};

class RtmpNetwork {
 public:
  // The parts that conversations use; all must outlive it.
  struct Parts {
    RecordingService& service;
    const Authenticator& authenticator;
    Metrics& metrics;
  };

  // Listens when it returns. Codes: as Network::open().
  static Result<std::unique_ptr<RtmpNetwork>> open(RtmpOptions options, const Parts& parts);
  // As stop() without time.
  ~RtmpNetwork();
  RtmpNetwork(const RtmpNetwork&) = delete;
  RtmpNetwork& operator=(const RtmpNetwork&) = delete;

  std::uint16_t port() const;

  // As Network::reload_certificate().
  Status reload_certificate();

  // No new connections. Returns at once.
  void stop_accepting();

  // Ends every connection; recordings in progress are finished and kept. Waits for that, at most
  // `patience`.
  void stop(std::chrono::milliseconds patience);

 private:
  struct Impl;
  explicit RtmpNetwork(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace saywell
