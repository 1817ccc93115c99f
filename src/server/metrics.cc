#include "server/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace saywell {
namespace {

const prometheus::Histogram::BucketBoundaries kSecondsBuckets = {
    0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 25.6, 60};

auto& counter(prometheus::Registry& registry, const char* name, const char* help) {
  return prometheus::BuildCounter().Name(name).Help(help).Register(registry);
}

auto& gauge(prometheus::Registry& registry, const char* name, const char* help) {
  return prometheus::BuildGauge().Name(name).Help(help).Register(registry);
}

auto& histogram(prometheus::Registry& registry, const char* name, const char* help) {
  return prometheus::BuildHistogram().Name(name).Help(help).Register(registry);
}

}  // namespace

struct Metrics::Impl {
  prometheus::Registry registry;
  prometheus::Family<prometheus::Counter>& requests =
      counter(registry, "saywell_http_requests_total", "HTTP requests by route and status");
  prometheus::Family<prometheus::Histogram>& request_seconds =
      histogram(registry, "saywell_http_request_seconds", "From a request's head to its answer");
  prometheus::Family<prometheus::Counter>& assessments = counter(
      registry, "saywell_assessments_total", "Assessments by coreType and code (0: a result)");
  prometheus::Histogram& waiting =
      histogram(registry, "saywell_assessment_waiting_seconds", "In the queue before computing")
          .Add({}, kSecondsBuckets);
  prometheus::Histogram& computing =
      histogram(registry, "saywell_assessment_computing_seconds", "Computing an assessment")
          .Add({}, kSecondsBuckets);
  prometheus::Family<prometheus::Gauge>& connections =
      gauge(registry, "saywell_open_connections", "Open connections by kind");
  prometheus::Family<prometheus::Counter>& bytes =
      counter(registry, "saywell_bytes_total", "Bytes of bodies and audio, in and out");
  prometheus::Family<prometheus::Counter>& refused_sign_ins =
      counter(registry, "saywell_refused_sign_ins_total", "Refused sign-ins by interface");
  prometheus::Family<prometheus::Gauge>& queue =
      gauge(registry, "saywell_queue_jobs", "Assessments that wait or run");
  prometheus::Gauge& refused =
      gauge(registry, "saywell_queue_refused", "Assessments refused with 503 since the start")
          .Add({});
  prometheus::Gauge& disk_free =
      gauge(registry, "saywell_disk_free_bytes", "Free where the data lie").Add({});
  prometheus::Gauge& stored = gauge(registry, "saywell_stored_bytes", "Recordings on disk").Add({});
  prometheus::Gauge& ready = gauge(registry, "saywell_ready", "1 once it can assess").Add({});
};

Metrics::Metrics() : impl_(std::make_unique<Impl>()) {}
Metrics::~Metrics() = default;

void Metrics::count_request(std::string_view route, int http_status, double taken_s) {
  const std::string name(route);
  impl_->requests.Add({{"route", name}, {"code", std::to_string(http_status)}}).Increment();
  impl_->request_seconds.Add({{"route", name}}, kSecondsBuckets).Observe(taken_s);
}

void Metrics::count_assessment(std::string_view core_type, int code) {
  const std::string name(core_type.empty() ? "none" : core_type);
  impl_->assessments.Add({{"coreType", name}, {"code", std::to_string(code)}}).Increment();
}

void Metrics::observe_assessment(double waited_s, double ran_s) {
  impl_->waiting.Observe(waited_s);
  impl_->computing.Observe(ran_s);
}

void Metrics::add_connections(std::string_view kind, int change) {
  impl_->connections.Add({{"kind", std::string(kind)}}).Increment(change);
}

void Metrics::count_bytes(std::string_view direction, std::uint64_t bytes) {
  impl_->bytes.Add({{"direction", std::string(direction)}}).Increment(static_cast<double>(bytes));
}

void Metrics::count_refused_sign_in(std::string_view interface_name) {
  impl_->refused_sign_ins.Add({{"interface", std::string(interface_name)}}).Increment();
}

std::string Metrics::text(const Gauges& gauges) {
  impl_->queue.Add({{"state", "waiting"}}).Set(static_cast<double>(gauges.load.waiting));
  impl_->queue.Add({{"state", "running"}}).Set(static_cast<double>(gauges.load.running));
  impl_->refused.Set(static_cast<double>(gauges.load.refused));
  impl_->disk_free.Set(static_cast<double>(gauges.disk_free_bytes));
  impl_->stored.Set(static_cast<double>(gauges.stored_bytes));
  impl_->ready.Set(gauges.ready ? 1 : 0);
  return prometheus::TextSerializer().Serialize(impl_->registry.Collect());
}

}  // namespace saywell
