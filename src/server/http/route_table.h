// Every address of the server. docs/openapi.json describes them, and a test compares the two.
#pragma once

#include <string>

#include "server/authenticator.h"
#include "server/http/router.h"
#include "server/metrics.h"
#include "server/pages/page_files.h"
#include "server/recording/recording_service.h"

namespace saywell {

// What the handlers use. Everything must outlive the router.
struct RouteParts {
  RecordingService& service;
  const Authenticator& authenticator;
  Metrics& metrics;
  const PageFiles& pages;
  std::string metrics_token = {};  // read_metrics_token()
};

Router make_router(const RouteParts& parts);

// GET /metrics alone, for everyone: for an address that only those reach who may see it.
Router make_metrics_router(const RouteParts& parts);

// Each adds the routes of one source file.
void add_assess_routes(const RouteParts& parts, Router& router);
void add_recording_routes(const RouteParts& parts, Router& router);
void add_listening_routes(const RouteParts& parts, Router& router);
void add_account_routes(const RouteParts& parts, Router& router);
void add_legacy_routes(const RouteParts& parts, Router& router);
void add_info_routes(const RouteParts& parts, Router& router);

}  // namespace saywell
