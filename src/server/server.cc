#include "server/server.h"

#include <chrono>
#include <optional>
#include <sstream>
#include <thread>
#include <utility>
#include <vector>

#include "audio/wav_writer.h"
#include "base/log.h"
#include "base/status_macros.h"
#include "base/threads/mutex.h"
#include "config/config_options.h"
#include "config/ip_network.h"
#include "decode_sandbox/decoder_pool.h"
#include "server/authenticator.h"
#include "server/http/request_gate.h"
#include "server/http/route_table.h"
#include "server/metrics_access.h"
#include "server/net/network.h"
#include "server/net/rtmp_network.h"
#include "server/net/self_signed.h"
#include "server/recording/recording_service.h"
#include "server/websocket/stream_session.h"

namespace saywell {
namespace {

constexpr std::chrono::minutes kSweepEvery{10};
constexpr std::chrono::seconds kWatchEvery{2};
constexpr std::chrono::hours kUntilDone{24};
constexpr std::chrono::milliseconds kToFinishRecordings{2000};
constexpr std::size_t kSweepAtATime = 1000;

bool has_tls(const ServerConfig& config) { return !config.tls_cert.empty() || config.tls_self; }

Result<std::vector<std::string>> allowed_origins(const ServerConfig& config, Store& store) {
  std::vector<std::string> origins = config.limits.cors_origins;
  ASSIGN_OR_RETURN(const std::vector<Application> applications, store.applications().list());
  for (const Application& application : applications) {
    const auto limits = store.applications().limits_or_default(application.id, config.limits);
    if (!limits.ok()) return limits.status();
    origins.insert(origins.end(), limits->cors_origins.begin(), limits->cors_origins.end());
  }
  return origins;
}

Result<GateRules> gate_rules(const ServerConfig& config, Store& store) {
  ASSIGN_OR_RETURN(const bool has_applications, store.applications().any());
  GateRules rules;
  rules.tls = has_tls(config);
  rules.checks_hosts = !has_applications || !config.allowed_hosts.empty();
  rules.allowed_hosts = config.allowed_hosts;
  ASSIGN_OR_RETURN(rules.allowed_origins, allowed_origins(config, store));
  return rules;
}

Result<NetworkOptions> network_options(const ServerConfig& config, Store& store) {
  ASSIGN_OR_RETURN(const bool has_applications, store.applications().any());
  NetworkOptions options;
  options.host = config.bind != "auto" ? config.bind : has_applications ? "0.0.0.0" : "127.0.0.1";
  options.http_port = static_cast<std::uint16_t>(config.http_port);
  options.tls = has_tls(config);
  options.certificate_file = config.tls_cert;
  options.key_file = config.tls_key;
  options.max_connections = static_cast<std::size_t>(config.max_connections);
  options.max_stream_backlog_bytes = static_cast<std::size_t>(config.max_buffered_bytes);
  options.head_timeout = std::chrono::milliseconds(config.header_timeout_ms);
  options.body_timeout = std::chrono::milliseconds(config.body_timeout_ms);
  options.keep_alive_timeout = std::chrono::milliseconds(config.idle_timeout_ms);
  options.stream_idle_timeout = std::chrono::milliseconds(config.websocket_idle_timeout_ms);
  return options;
}

// Of the address that serves the figures alone.
NetworkOptions metrics_network_options(const AddressAndPort& at, const NetworkOptions& network) {
  NetworkOptions options = network;
  options.host = at.address;
  options.http_port = at.port;
  options.tls = false;
  options.worker_threads = 1;
  return options;
}

DecoderPool::Options decoder_options(const ServerConfig& config) {
  DecoderPool::Options options;
  options.limits.memory_bytes = static_cast<std::size_t>(config.decoder_memory_bytes);
  options.timeout = std::chrono::milliseconds(config.decoder_timeout_ms);
  options.max_live = static_cast<std::size_t>(config.live_decoders);
  options.kept_idle = scoring_threads(config);
  return options;
}

// Host and certificate are those of `network`.
RtmpOptions rtmp_options(const ServerConfig& config, const NetworkOptions& network) {
  RtmpOptions options;
  options.host = network.host;
  options.port = static_cast<std::uint16_t>(config.rtmp_port);
  options.tls = network.tls;
  options.plain = config.rtmp_plain;
  options.certificate_file = network.certificate_file;
  options.key_file = network.key_file;
  options.limits.max_message_bytes = static_cast<std::size_t>(config.rtmp_max_message_bytes);
  options.limits.max_buffered_bytes = 2 * options.limits.max_message_bytes;
  options.limits.max_chunk_streams = static_cast<std::size_t>(config.rtmp_max_chunk_streams);
  options.limits.max_streams = static_cast<std::size_t>(config.rtmp_max_streams);
  options.limits.work_per_s = config.rtmp_chunk_rate;
  options.limits.max_saved_work = 2 * config.rtmp_chunk_rate;
  options.read_rate = config.rtmp_read_rate;
  options.max_connections = static_cast<std::size_t>(config.max_connections);
  options.max_backlog_bytes = static_cast<std::size_t>(config.max_buffered_bytes);
  options.timeouts.handshake = std::chrono::milliseconds(config.rtmp_handshake_timeout_ms);
  options.timeouts.connect = std::chrono::milliseconds(config.rtmp_connect_timeout_ms);
  options.timeouts.first_audio = std::chrono::milliseconds(config.rtmp_first_audio_timeout_ms);
  options.timeouts.audio = std::chrono::milliseconds(config.rtmp_audio_timeout_ms);
  options.timeouts.idle = std::chrono::milliseconds(config.rtmp_idle_timeout_ms);
  return options;
}

}  // namespace

struct Server::Impl {
  explicit Impl(const ServerConfig& given) : config(given), gate_config(given) {}

  Status open();
  Status listen();
  Status listen_for_metrics();
  void load_models(const std::string& model_dir);
  void sweep_until_stopped();
  void sweep();
  void watch_until_stopped();
  void watch();
  Status set_gate_rules();

  const ServerConfig config;
  std::unique_ptr<Store> store;
  EngineSlot engine;
  std::optional<DecoderPool> decoders;
  Metrics metrics;
  PageFiles pages;
  std::optional<RecordingService> service;
  std::optional<SignInGuard> guard;
  std::optional<Authenticator> authenticator;
  std::optional<Router> router, metrics_router;
  std::optional<RequestGate> gate, metrics_gate;
  NetworkOptions options;
  std::unique_ptr<Network> network, metrics_network;
  std::unique_ptr<RtmpNetwork> rtmp;
  std::optional<SelfSigned> self_signed;

  Mutex mutex;
  Condition stopping_changed;
  bool stopping SAYWELL_GUARDED_BY(mutex) = false;
  ServerConfig gate_config SAYWELL_GUARDED_BY(mutex);  // as last read, for the gate alone
  bool keeps_recordings = true;                        // of the watcher's thread
  std::thread loader, sweeper, watcher;
};

Status Server::Impl::open() {
  StoreOptions store_options;
  store_options.data_dir = config.data_dir;
  store_options.serve = true;
  ASSIGN_OR_RETURN(store, Store::open(store_options));
  decoders.emplace(decoder_options(config));
  Decoding decoding;
  decoding.whole = [this](std::span<const std::byte> bytes, double max_duration_s) {
    return decoders->decode(bytes, max_duration_s);
  };
  decoding.live = [this] { return decoders->open_live(); };
  ASSIGN_OR_RETURN(pages, PageFiles::load(config.web_dir));
  service.emplace(RecordingService::Parts{config, *store, engine, metrics, system_wall_clock(),
                                          std::move(decoding)});
  guard.emplace(config.refused_sign_ins_per_minute, metrics);
  authenticator.emplace(config, *store, *guard);
  ASSIGN_OR_RETURN(std::string metrics_token, read_metrics_token(config.metrics_token_file));
  const RouteParts parts{*service, *authenticator, metrics, pages, std::move(metrics_token)};
  router.emplace(make_router(parts));
  metrics_router.emplace(make_metrics_router(parts));
  ASSIGN_OR_RETURN(options, network_options(config, *store));
  ASSIGN_OR_RETURN(GateRules rules, gate_rules(config, *store));
  gate.emplace(std::move(rules));
  watch();
  return Status();
}

Status Server::Impl::listen_for_metrics() {
  const std::optional<AddressAndPort> at = parse_address_and_port(config.metrics_bind);
  if (!at) return Status();
  // Others can point a name at the loopback, and have a browser on this machine ask there.
  GateRules rules;
  const std::optional<IpAddress> address = parse_ip_address(at->address);
  rules.checks_hosts = address && is_loopback(*address);
  rules.allowed_hosts = config.allowed_hosts;
  metrics_gate.emplace(std::move(rules));
  ASSIGN_OR_RETURN(metrics_network,
                   Network::open(metrics_network_options(*at, options),
                                 {*metrics_router, *metrics_gate, metrics, nullptr, nullptr}));
  return Status();
}

Status Server::Impl::listen() {
  if (config.tls_self) {
    ASSIGN_OR_RETURN(self_signed, keep_self_signed(config.data_dir + "/tls"));
    options.certificate_file = self_signed->certificate_file;
    options.key_file = self_signed->key_file;
  }
  const auto peers = [this](const HttpRequest& upgrade, SendText send) {
    return std::make_unique<StreamSession>(*service, *authenticator, upgrade, std::move(send));
  };
  const auto refusal_delay = [this](const HttpRequest& request) {
    return guard->delay(authenticator->client_of(request).address);
  };
  ASSIGN_OR_RETURN(network,
                   Network::open(options, {*router, *gate, metrics, peers, refusal_delay}));
  RETURN_IF_ERROR(listen_for_metrics());
  auto recording =
      RtmpNetwork::open(rtmp_options(config, options), {*service, *authenticator, metrics});
  if (!recording.ok()) return recording.status();
  rtmp = *std::move(recording);
  return Status();
}

void Server::Impl::load_models(const std::string& model_dir) {
  // A machine that does not let helpers start or shut themselves in would refuse every recording.
  const Result<Recording> tried = decoders->decode(pcm_to_wav(std::vector<float>(1600)), 1);
  Result<Engine> loaded = load_engine(model_dir);
  if (!tried.ok()) {
    loaded = Status(Code::kKernelUnavailable, "decoding helpers: " + tried.status().explanation());
  }
  if (!loaded.ok()) {
    log_line(LogLevel::kError, "cannot assess: " + loaded.status().message());
    // The reason names files of this machine, which are no client's business.
    engine.put(tried.ok() ? Status(Code::kKernelUnavailable,
                                   "the models cannot be loaded; the server's log says why")
                          : loaded.status());
    return;
  }
  engine.put(*std::move(loaded));
  log_line(LogLevel::kInfo, "ready to assess");
  const Result<std::size_t> resumed = service->resume_queued();
  if (!resumed.ok()) {
    log_line(LogLevel::kError, "queued recordings: " + resumed.status().explanation());
  } else if (*resumed > 0) {
    log_line(LogLevel::kInfo, std::to_string(*resumed) + " queued recordings assessed");
  }
}

void Server::Impl::sweep() {
  const Result<std::int64_t> expired = store->recordings().sweep_retention(config, kSweepAtATime);
  if (!expired.ok()) log_line(LogLevel::kError, "retention: " + expired.status().explanation());
  service->keep_pending_results();
  const Result<std::int64_t> sessions = store->sessions().sweep();
  if (!sessions.ok()) log_line(LogLevel::kError, "sessions: " + sessions.status().explanation());
}

void Server::Impl::sweep_until_stopped() {
  MutexLock lock(mutex);
  while (!stopping) {
    lock.unlock();
    sweep();
    lock.lock();
    const auto next = std::chrono::steady_clock::now() + kSweepEvery;
    while (!stopping && stopping_changed.wait_until(lock, next) != std::cv_status::timeout) {
    }
  }
}

Status Server::Impl::set_gate_rules() {
  const MutexLock lock(mutex);  // to its end: no older rules after newer ones
  ASSIGN_OR_RETURN(GateRules rules, gate_rules(gate_config, *store));
  gate->set(std::move(rules));
  return Status();
}

void Server::Impl::watch() {
  const Status kept = store->try_writing();
  if (kept.ok() != keeps_recordings) {
    log_line(kept.ok() ? LogLevel::kInfo : LogLevel::kError,
             kept.ok() ? "recordings can be kept again" : kept.detail());
  }
  keeps_recordings = kept.ok();
  // Applications come and go by `saywell app`. While the database is locked, the last rules hold.
  const Status set = set_gate_rules();
  if (!set.ok()) log_line(LogLevel::kDebug, "origins not read anew: " + set.detail());
}

void Server::Impl::watch_until_stopped() {
  MutexLock lock(mutex);
  while (!stopping) {
    const auto next = std::chrono::steady_clock::now() + kWatchEvery;
    while (!stopping && stopping_changed.wait_until(lock, next) != std::cv_status::timeout) {
    }
    if (stopping) return;
    lock.unlock();
    watch();
    lock.lock();
  }
}

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Server::~Server() { stop(); }

Result<std::unique_ptr<Server>> Server::start(const ServerConfig& config,
                                              const std::string& model_dir) {
  auto impl = std::make_unique<Impl>(config);
  RETURN_IF_ERROR(impl->open());
  RETURN_IF_ERROR(impl->listen());
  Impl& running = *impl;
  running.loader = std::thread([&running, model_dir] { running.load_models(model_dir); });
  running.sweeper = std::thread([&running] { running.sweep_until_stopped(); });
  running.watcher = std::thread([&running] { running.watch_until_stopped(); });
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

std::string Server::greeting() const {
  const NetworkOptions& options = impl_->options;
  std::ostringstream text;
  const bool loopback = options.host == "127.0.0.1" || options.host == "::1";
  text << "saywell " << SAYWELL_VERSION << " listens on " << (options.tls ? "https" : "http")
       << "://" << (loopback ? "localhost" : options.host) << ":" << impl_->network->http_port()
       << "/\n";
  text << "RTMP" << (options.tls ? "S" : "") << ": " << (options.tls ? "rtmps" : "rtmp") << "://"
       << (loopback ? "localhost" : options.host) << ":" << impl_->rtmp->port()
       << "/v1.1/aistream.enscore\n";
  if (impl_->metrics_network) {
    const std::string& at = impl_->config.metrics_bind;
    text << "Metrics: http://" << at.substr(0, at.rfind(':')) << ":"
         << impl_->metrics_network->http_port() << "/metrics\n";
  }
  const Result<bool> open = impl_->authenticator->is_open();
  if (open.ok() && *open) {
    text << "There is no application: everyone who reaches it may use it"
         << (loopback ? ", from this machine only" : "")
         << " (`saywell app add NAME` asks for signing in).\n";
  }
  if (impl_->self_signed) text << impl_->self_signed->what_to_install;
  const SweepReport& sweep = impl_->store->sweep_report();
  if (sweep.cut_short + sweep.quarantined + sweep.missing + sweep.queued > 0) {
    text << "Found: " << sweep.queued << " recordings to assess, " << sweep.cut_short
         << " cut short, " << sweep.missing << " without a file, " << sweep.quarantined
         << " files that no record knows.\n";
  }
  return text.str();
}

Status Server::reload(const ServerConfig& config) {
  {
    const MutexLock lock(impl_->mutex);
    impl_->gate_config.allowed_hosts = config.allowed_hosts;
    impl_->gate_config.limits.cors_origins = config.limits.cors_origins;
  }
  RETURN_IF_ERROR(impl_->set_gate_rules());
  RETURN_IF_ERROR(impl_->network->reload_certificate());
  return impl_->rtmp->reload_certificate();
}

void Server::stop() {
  {
    const MutexLock lock(impl_->mutex);
    if (impl_->stopping) return;
    impl_->stopping = true;
  }
  impl_->stopping_changed.notify_all();
  const auto patience = std::chrono::milliseconds(impl_->config.shutdown_timeout_ms);
  const auto end = std::chrono::steady_clock::now() + patience;
  impl_->network->stop_accepting();
  impl_->rtmp->stop_accepting();
  impl_->service->drain(patience);
  const auto left =
      std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
  impl_->rtmp->stop(std::max(left, kToFinishRecordings));
  impl_->network->stop(std::max(left, std::chrono::milliseconds(0)));
  impl_->metrics_network.reset();
  // Answers are computed, and held back, into the networks: these go last.
  impl_->service->drain(kUntilDone);
  impl_->guard->finish();
  impl_->rtmp.reset();
  impl_->network.reset();
  impl_->loader.join();
  impl_->sweeper.join();
  impl_->watcher.join();
}

}  // namespace saywell
