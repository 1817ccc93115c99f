#include "server/net/rtmp_network.h"

#include <algorithm>
#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <exception>
#include <set>
#include <thread>
#include <utility>

#include "base/log.h"
#include "base/status_macros.h"
#include "base/threads/mutex.h"
#include "server/net/listening.h"
#include "server/net/rtmp_link.h"

namespace saywell {

namespace asio = boost::asio;
using asio::ip::tcp;
using net::RtmpLink;

namespace {

constexpr std::chrono::milliseconds kTick{100};
constexpr std::chrono::milliseconds kShortestReadPause{100};  // frames of 64 ms: less saves nothing
constexpr std::chrono::milliseconds kLongestReadPause{400};
constexpr auto kWait = asio::as_tuple(asio::use_awaitable);

std::int64_t steady_ms() {
  const auto since = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(since).count();
}

std::chrono::milliseconds read_pause(int publishers, std::int64_t read_rate) {
  const std::chrono::milliseconds pause(publishers * 1000LL / read_rate);
  if (pause < kShortestReadPause) return std::chrono::milliseconds::zero();
  return std::min(pause, kLongestReadPause);
}

void report(const std::exception_ptr& thrown) {
  if (!thrown) return;
  try {
    std::rethrow_exception(thrown);
  } catch (const std::exception& error) {
    log_incident(std::string("rtmp connection: ") + error.what());
  }
}

}  // namespace

struct RtmpNetwork::Impl {
  Impl(RtmpOptions options, const Parts& parts)
      : context{options, parts, net::Workers(options.worker_threads)} {
    context.now_ms = steady_ms();
    context.seed = static_cast<std::uint64_t>(context.now_ms);
  }

  Status load_certificate();
  asio::awaitable<void> accept_loop();
  asio::awaitable<void> tick_loop();
  void start_link(tcp::socket socket);
  void tick();
  void tell_metrics();
  std::shared_ptr<asio::ssl::context> current_certificate() {
    const MutexLock lock(certificate_mutex);
    return certificate;
  }

  net::RtmpContext context;
  asio::io_context io{1};
  asio::executor_work_guard<asio::io_context::executor_type> work = asio::make_work_guard(io);
  std::optional<tcp::acceptor> acceptor;
  net::SpareDescriptor spare;
  std::uint16_t port = 0;
  Mutex certificate_mutex;
  std::shared_ptr<asio::ssl::context> certificate SAYWELL_GUARDED_BY(certificate_mutex);
  std::set<std::shared_ptr<RtmpLink>> links;  // of the network's thread
  std::atomic<std::size_t> link_count{0};
  std::atomic<bool> draining{false};
  int told_links = 0, told_publishers = 0, told_players = 0;
  std::thread thread;
  bool stopped = false;
};

Status RtmpNetwork::Impl::load_certificate() {
  auto fresh = net::read_certificate(context.options.certificate_file, context.options.key_file);
  if (!fresh.ok()) return fresh.status();
  const MutexLock lock(certificate_mutex);
  certificate = *std::move(fresh);
  return Status();
}

void RtmpNetwork::Impl::start_link(tcp::socket socket) {
  boost::system::error_code error;
  socket.set_option(tcp::no_delay(true), error);
  const tcp protocol = socket.local_endpoint(error).protocol();
  const auto handle = error ? tcp::socket::native_handle_type() : socket.release(error);
  if (error) return;
  net::RtmpSocket own(io.get_executor());
  own.assign(protocol, handle, error);
  if (!error) own.non_blocking(true, error);  // reads by the clock take what there is
  if (error) return;
  auto link = RtmpLink::make(std::move(own), context, current_certificate());
  links.insert(link);
  link_count = links.size();
  asio::co_spawn(
      io.get_executor(), [link] { return link->run(); },
      [this, link](const std::exception_ptr& thrown) {
        report(thrown);
        links.erase(link);
        link_count = links.size();
      });
}

asio::awaitable<void> RtmpNetwork::Impl::accept_loop() {
  while (acceptor->is_open()) {
    auto [error, socket] = co_await acceptor->async_accept(kWait);
    if (error == asio::error::operation_aborted || draining) co_return;
    if (error) {
      if (spare.turn_away(*acceptor, error)) continue;
      asio::steady_timer pause(io, kTick);
      co_await pause.async_wait(kWait);
      continue;
    }
    if (links.size() < context.options.max_connections) start_link(std::move(socket));
  }
}

void RtmpNetwork::Impl::tick() {
  context.now_ms = steady_ms();
  for (const std::shared_ptr<RtmpLink>& link : links) link->tick();
  tell_metrics();
  context.read_pause = read_pause(told_publishers, context.options.read_rate);
}

asio::awaitable<void> RtmpNetwork::Impl::tick_loop() {
  asio::steady_timer timer(io, kTick);
  while (true) {
    const auto [error] = co_await timer.async_wait(kWait);
    if (error) co_return;
    tick();
    timer.expires_at(std::max(timer.expiry() + kTick, std::chrono::steady_clock::now()));
  }
}

void RtmpNetwork::Impl::tell_metrics() {
  int publishers = 0;
  int players = 0;
  for (const std::shared_ptr<RtmpLink>& link : links) {
    if (link->publishing()) ++publishers;
    if (link->playing()) ++players;
  }
  Metrics& metrics = context.parts.metrics;
  const auto tell = [&metrics](std::string_view kind, int now, int& told) {
    if (now != told) metrics.add_connections(kind, now - told);
    told = now;
  };
  tell("rtmp", static_cast<int>(links.size()), told_links);
  tell("rtmp publishing", publishers, told_publishers);
  tell("rtmp playing", players, told_players);
  const std::uint64_t received = std::exchange(context.received_bytes, 0);
  const std::uint64_t sent = std::exchange(context.sent_bytes, 0);
  if (received > 0) metrics.count_bytes("in", received);
  if (sent > 0) metrics.count_bytes("out", sent);
}

RtmpNetwork::RtmpNetwork(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
RtmpNetwork::~RtmpNetwork() { stop(std::chrono::milliseconds::zero()); }

Result<std::unique_ptr<RtmpNetwork>> RtmpNetwork::open(RtmpOptions options, const Parts& parts) {
  auto impl = std::make_unique<Impl>(std::move(options), parts);
  const RtmpOptions& given = impl->context.options;
  if (given.tls) {
    RETURN_IF_ERROR(impl->load_certificate());
  }
  ASSIGN_OR_RETURN(tcp::acceptor acceptor, net::listen_on(impl->io, given.host, given.port));
  impl->acceptor.emplace(std::move(acceptor));
  impl->port = impl->acceptor->local_endpoint().port();
  asio::co_spawn(impl->io, impl->accept_loop(), asio::detached);
  asio::co_spawn(impl->io, impl->tick_loop(), asio::detached);
  impl->thread = std::thread([&io = impl->io] { io.run(); });
  return std::unique_ptr<RtmpNetwork>(new RtmpNetwork(std::move(impl)));
}

std::uint16_t RtmpNetwork::port() const { return impl_->port; }

Status RtmpNetwork::reload_certificate() {
  return impl_->context.options.tls ? impl_->load_certificate() : Status();
}

void RtmpNetwork::stop_accepting() {
  impl_->draining = true;
  asio::post(impl_->io, [this] {
    boost::system::error_code ignored;
    impl_->acceptor->close(ignored);
  });
}

void RtmpNetwork::stop(std::chrono::milliseconds patience) {
  if (impl_->stopped) return;
  impl_->stopped = true;
  stop_accepting();
  const auto end = std::chrono::steady_clock::now() + patience;
  asio::post(impl_->io, [this] {
    for (const std::shared_ptr<RtmpLink>& link : impl_->links) {
      link->end("NetConnection.Connect.AppShutdown", "The server is shutting down.");
    }
  });
  while (impl_->link_count > 0 && std::chrono::steady_clock::now() < end) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  impl_->context.workers.join();
  impl_->io.stop();
  impl_->thread.join();
  impl_->context.workers.forget_waiting();
}

}  // namespace saywell
