// A whole service without a network, for tests: a store in a folder that goes away, and an engine
// that answers what a test tells it.
#pragma once

#include <atomic>
#include <string>

#include "server/authenticator.h"
#include "server/http/route_table.h"
#include "server/recording/recording_service.h"

namespace saywell {

class TemporaryService {
 public:
  explicit TemporaryService(const ServerConfig& given = {});
  ~TemporaryService();
  TemporaryService(const TemporaryService&) = delete;
  TemporaryService& operator=(const TemporaryService&) = delete;

  RouteParts route_parts() { return {*service, *authenticator, metrics, pages}; }

  // What every assessment answers; by default an Assessment with overall 80.
  Result<Assessment> outcome;
  std::atomic<int> assessed{0};
  ServerConfig config;
  std::unique_ptr<Store> store;
  EngineSlot engine;
  Metrics metrics;
  PageFiles pages;
  std::unique_ptr<RecordingService> service;
  SignInGuard guard{60'000, metrics};  // no test waits for the next refusal
  std::unique_ptr<Authenticator> authenticator;

 private:
  std::string folder_;
};

}  // namespace saywell
