// The figures of GET /metrics, in Prometheus's text format.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "server/scoring_pool.h"

namespace saywell {

// Every function may be called from any thread.
class Metrics {
 public:
  Metrics();
  ~Metrics();

  // `route` is a pattern of the route table, never what a client sent.
  void count_request(std::string_view route, int http_status, double taken_s);
  // `core_type` must be one of the table, or empty; `code` is 0 for a result.
  void count_assessment(std::string_view core_type, int code);
  void observe_assessment(double waited_s, double ran_s);
  void add_connections(std::string_view kind, int change);            // "http", "websocket", "rtmp"
  void count_bytes(std::string_view direction, std::uint64_t bytes);  // "in", "out"

  void count_refused_sign_in(std::string_view interface_name);  // "http", "websocket", "rtmp"

  struct Gauges {
    ScoringPool::Load load;
    std::uint64_t disk_free_bytes = 0;
    std::uint64_t stored_bytes = 0;  // of recordings
    bool ready = false;
  };
  std::string text(const Gauges& gauges);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace saywell
