// The running server: `saywell serve` in one object.
#pragma once

#include <memory>
#include <string>

#include "config/server_config.h"
#include "saywell/status.h"

namespace saywell {

class Server {
 public:
  // Opens the data folder, reads the pages of config.web_dir and listens; the models of `model_dir`
  // are loaded afterwards, in the background (GET /readyz). Errors: as Store::open(),
  // PageFiles::load() and Network::open().
  static Result<std::unique_ptr<Server>> start(const ServerConfig& config,
                                               const std::string& model_dir);
  // As stop().
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Lines for whoever started it: where it listens, who may reach it, what the store found.
  std::string greeting() const;

  // As after SIGHUP: takes allowed_hosts and cors_origins of `config`, whose other options need a
  // restart, and reads the certificate again. On failure the old certificate stays.
  Status reload(const ServerConfig& config);

  // No new work; what runs is finished, at most shutdown_timeout_ms long.
  void stop();

 private:
  struct Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace saywell
