// All options of the server. The defaults here are the defaults of the program, of
// config/saywell.toml and of docs/configuration.md; a test compares them.
//
// Plain values without behaviour: config/config_file.h reads them; config/config_options.h has the
// name, unit, range and sentence of each.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace saywell {

// Limits of one application. The server's values hold for every application without its own
// (`saywell app set`).
struct ApplicationLimits {
  std::int64_t assessments_per_minute = 1200;
  std::int64_t assessments_at_a_time = 200;
  std::int64_t word_max_s = 20;
  std::int64_t sentence_max_s = 40;
  std::int64_t paragraph_max_s = 180;
  std::int64_t recording_max_bytes = 40'000'000;
  std::int64_t storage_max_bytes = 0;  // 0: as much as the disk holds
  std::int64_t retention_days = 0;     // 0: until deleted
  bool store = true;                   // false: nothing of the learner is ever written
  std::vector<std::string> cors_origins;

  bool operator==(const ApplicationLimits&) const = default;
};

struct ServerConfig {
  // Listening.
  std::int64_t http_port = 8080;
  std::int64_t rtmp_port = 1935;
  std::string bind = "auto";  // "auto": 127.0.0.1 while there is no application, else every address
  std::string tls_cert;       // PEM file; empty: no TLS
  std::string tls_key;        // PEM file
  bool tls_self = false;      // make and keep a certificate authority
  std::string web_dir;        // practice page; empty: where the program finds it
  std::vector<std::string> allowed_hosts;  // names of this server besides localhost
  std::vector<std::string> trusted_proxies = {"127.0.0.1", "::1"};  // addresses and networks
  std::string metrics_bind;        // "ADDRESS:PORT"; empty: none of its own
  std::string metrics_token_file;  // empty: none

  // Files and log.
  std::string data_dir = "saywell-data";
  std::string log_level = "info";

  // Scoring.
  std::int64_t worker_threads = 0;  // 0: one per core
  std::int64_t queue_length = 64;
  std::int64_t deadline_ms = 60'000;
  std::int64_t end_of_speech_ms = 1500;

  // Decoding, in helper processes.
  std::int64_t decoder_timeout_ms = 10'000;
  std::int64_t decoder_memory_bytes = 1'073'741'824;
  std::int64_t live_decoders = 64;

  // Sessions, tokens, signatures.
  std::int64_t session_idle_s = 600;
  std::int64_t token_default_s = 3600;
  std::int64_t token_max_s = 86'400;
  std::int64_t signature_window_s = 300;
  std::int64_t refused_sign_ins_per_minute = 120;  // of one address

  // Connections.
  std::int64_t max_connections = 10'000;
  std::int64_t max_buffered_bytes = 1'048'576;
  std::int64_t header_timeout_ms = 10'000;
  std::int64_t body_timeout_ms = 60'000;
  std::int64_t idle_timeout_ms = 60'000;
  std::int64_t websocket_idle_timeout_ms = 300'000;
  std::int64_t shutdown_timeout_ms = 30'000;

  // RTMP.
  bool rtmp_plain = true;
  std::int64_t rtmp_handshake_timeout_ms = 10'000;
  std::int64_t rtmp_connect_timeout_ms = 10'000;
  std::int64_t rtmp_first_audio_timeout_ms = 30'000;
  std::int64_t rtmp_audio_timeout_ms = 30'000;
  std::int64_t rtmp_idle_timeout_ms = 300'000;
  std::int64_t rtmp_max_message_bytes = 262'144;
  std::int64_t rtmp_max_chunk_streams = 128;
  std::int64_t rtmp_max_streams = 16;
  std::int64_t rtmp_chunk_rate = 20'000;
  std::int64_t rtmp_read_rate = 12'000;

  // Retention.
  std::int64_t audit_days = 365;  // 0: for ever
  ApplicationLimits limits;

  bool operator==(const ServerConfig&) const = default;
};

}  // namespace saywell
