// Pages, health, metrics, the status codes, and the description of the interface.
#include <boost/json/array.hpp>
#include <utility>

#include "server/answers.h"
#include "server/http/route_table.h"
#include "server/metrics_access.h"
#include "server/pages/pages.h"

namespace saywell {
namespace {

using boost::json::array;
using boost::json::object;

HttpResponse page(std::string_view content_type, std::string_view text) {
  HttpResponse response;
  response.content_type = content_type;
  response.body = text;
  return response;
}

HttpResponse html_page(std::string_view text) {
  HttpResponse response = page("text/html; charset=utf-8", text);
  response.headers.emplace_back("Content-Security-Policy",
                                "default-src 'none'; style-src 'unsafe-inline'; script-src "
                                "'unsafe-inline'; connect-src 'self'; frame-ancestors 'none'");
  return response;
}

void add_page(Router& router, const char* pattern, std::string_view text) {
  router.add(
      {"GET", pattern, [text](const auto&, const Respond& respond) { respond(html_page(text)); }});
}

Status readiness(const RecordingService& service) {
  const auto engine = service.engine().get();
  if (!engine.ok()) return engine.status();
  if (service.draining()) return Status(Code::kTimeout, "the server is shutting down");
  return service.store().check();
}

object status_code_json(const StatusInfo& info) {
  array sub;
  for (const std::string_view status : sub_statuses(info.code)) sub.push_back(status.data());
  return {{"code", info.code},
          {"family", info.family},
          {"symbol", info.symbol},
          {"message", info.message_en},
          {"messageZh", info.message_zh},
          {"hint", info.hint},
          {"httpStatus", info.http_status},
          {"retryable", info.retryable},
          {"status", std::move(sub)}};
}

void give_status_codes(const Respond& respond) {
  array codes;
  for (const StatusInfo& info : status_table()) codes.push_back(status_code_json(info));
  respond(json_response(200, {{"codes", std::move(codes)}}));
}

// A wrong token for /metrics is a refused sign-in like any other.
std::optional<HttpResponse> refuse_reader(const RouteParts& parts, const HttpRequest& request) {
  std::optional<HttpResponse> refusal = refuse_metrics(request, parts.metrics_token);
  if (!request.has_header("authorization") || parts.metrics_token.empty()) return refusal;
  const Status slow_enough = parts.authenticator.check_pace(parts.authenticator.client_of(request));
  if (!slow_enough.ok()) return error_response(slow_enough);
  if (refusal) {
    parts.authenticator.guard().note({parts.authenticator.client_of(request).address, "http", "",
                                      "the token for /metrics is wrong"});
  }
  return refusal;
}

void give_metrics(const RouteParts& parts, const Respond& respond) {
  Metrics::Gauges gauges;
  gauges.load = parts.service.load();
  gauges.disk_free_bytes = static_cast<std::uint64_t>(parts.service.store().free_bytes());
  const Result<std::int64_t> stored = parts.service.store().recordings().storage_bytes();
  gauges.stored_bytes = static_cast<std::uint64_t>(stored.ok() ? *stored : 0);
  gauges.ready = readiness(parts.service).ok();
  respond(page("text/plain; version=0.0.4; charset=utf-8", parts.metrics.text(gauges)));
}

}  // namespace

void add_info_routes(const RouteParts& parts, Router& router) {
  for (const PageFile& file : parts.pages.files()) {
    router.add({"GET", file.path, [&file](const auto& request, const Respond& respond) {
                  respond(page_file_response(file, *request));
                }});
  }
  if (!parts.pages.has_document()) add_page(router, "/", kAboutPage);
  add_page(router, "/about", kAboutPage);
  add_page(router, "/docs", kDocsPage);
  router.add({"GET", "/openapi.json", [](const auto&, const Respond& respond) {
                respond(page("application/json", kOpenApi));
              }});
  router.add({.method = "GET",
              .pattern = "/healthz",
              .handler =
                  [](const auto&, const Respond& respond) {
                    respond(json_response(200, {{"alive", true}, {"version", SAYWELL_VERSION}}));
                  },
              .at_once = true});
  router.add(
      {"GET", "/readyz", [parts](const auto&, const Respond& respond) {
         const Status ready = readiness(parts.service);
         respond(ready.ok() ? json_response(200, {{"ready", true}}) : error_response(503, ready));
       }});
  router.add({"GET", "/metrics", [parts](const auto& request, const Respond& respond) {
                if (auto refusal = refuse_reader(parts, *request)) {
                  return respond(*std::move(refusal));
                }
                give_metrics(parts, respond);
              }});
  router.add({"GET", "/v1/status-codes",
              [](const auto&, const Respond& respond) { give_status_codes(respond); }});
}

Router make_metrics_router(const RouteParts& parts) {
  Router router;
  router.add({"GET", "/metrics",
              [parts](const auto&, const Respond& respond) { give_metrics(parts, respond); }});
  return router;
}

Router make_router(const RouteParts& parts) {
  Router router;
  add_info_routes(parts, router);
  add_assess_routes(parts, router);
  add_listening_routes(parts, router);
  add_recording_routes(parts, router);
  add_account_routes(parts, router);
  add_legacy_routes(parts, router);
  return router;
}

}  // namespace saywell
