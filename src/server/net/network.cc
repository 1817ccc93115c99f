#include "server/net/network.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/strand.hpp>
#include <exception>
#include <future>
#include <thread>

#include "base/log.h"
#include "base/status_macros.h"
#include "base/threads/mutex.h"
#include "server/net/connection.h"
#include "server/net/listening.h"

namespace saywell {

using net::asio::ip::tcp;
namespace asio = net::asio;

struct Network::Impl {
  Impl(NetworkOptions options, Network::Parts parts)
      : context{std::move(options), std::move(parts), net::Workers(options.worker_threads)} {}

  Status load_certificate();
  asio::awaitable<void> accept_loop();
  void start_connection(net::TcpSocket socket);
  std::shared_ptr<asio::ssl::context> current_certificate() {
    const MutexLock lock(certificate_mutex);
    return certificate;
  }

  // Connections live in `io` and use the context: it goes last.
  net::ConnectionContext context;
  asio::io_context io;
  // Without it the threads would leave when nothing is connected, and stop() would wait for them in
  // vain.
  asio::executor_work_guard<asio::io_context::executor_type> work = asio::make_work_guard(io);
  std::optional<tcp::acceptor> acceptor;
  net::SpareDescriptor spare;
  Mutex certificate_mutex;
  std::shared_ptr<asio::ssl::context> certificate SAYWELL_GUARDED_BY(certificate_mutex);
  std::vector<std::thread> threads;
  bool stopped = false;
};

Status Network::Impl::load_certificate() {
  auto fresh = net::read_certificate(context.options.certificate_file, context.options.key_file);
  if (!fresh.ok()) return fresh.status();
  const MutexLock lock(certificate_mutex);
  certificate = *std::move(fresh);
  return Status();
}

void Network::Impl::start_connection(net::TcpSocket socket) {
  const auto executor = socket.get_executor();
  boost::system::error_code ignored;
  socket.set_option(tcp::no_delay(true), ignored);
  auto serve = [this, socket = std::move(socket)]() mutable -> asio::awaitable<void> {
    const net::Counted open(context.connections);
    context.parts.metrics.add_connections("http", 1);
    if (context.options.tls) {
      co_await net::serve_tls(std::move(socket), current_certificate(), context);
    } else {
      co_await net::serve_plain(std::move(socket), context);
    }
    context.parts.metrics.add_connections("http", -1);
  };
  asio::co_spawn(executor, std::move(serve), [](const std::exception_ptr& thrown) {
    if (!thrown) return;
    try {
      std::rethrow_exception(thrown);
    } catch (const std::exception& error) {
      log_incident(std::string("connection: ") + error.what());
    }
  });
}

asio::awaitable<void> Network::Impl::accept_loop() {
  while (acceptor->is_open()) {
    auto [error, socket] = co_await acceptor->async_accept(asio::make_strand(io), net::kAwait);
    if (error == asio::error::operation_aborted || context.draining) co_return;
    if (error) {
      if (spare.turn_away(*acceptor, error)) continue;
      asio::steady_timer pause(io, std::chrono::milliseconds(100));
      co_await pause.async_wait(net::kAwait);
      continue;
    }
    if (context.connections >= context.options.max_connections) continue;  // closed at once
    start_connection(net::TcpSocket(std::move(socket)));
  }
}

Result<std::unique_ptr<Network>> Network::open(NetworkOptions options, Parts parts) {
  auto impl = std::make_unique<Impl>(std::move(options), std::move(parts));
  const NetworkOptions& given = impl->context.options;
  if (given.tls) {
    RETURN_IF_ERROR(impl->load_certificate());
  }
  ASSIGN_OR_RETURN(tcp::acceptor acceptor, net::listen_on(impl->io, given.host, given.http_port));
  impl->acceptor.emplace(std::move(acceptor));
  asio::co_spawn(impl->io, impl->accept_loop(), asio::detached);
  for (std::size_t i = 0; i < given.network_threads; ++i) {
    impl->threads.emplace_back([&io = impl->io] { io.run(); });
  }
  return std::unique_ptr<Network>(new Network(std::move(impl)));
}

Network::Network(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Network::~Network() { stop(std::chrono::milliseconds::zero()); }

std::uint16_t Network::http_port() const { return impl_->acceptor->local_endpoint().port(); }

Status Network::reload_certificate() {
  return impl_->context.options.tls ? impl_->load_certificate() : Status();
}

void Network::stop_accepting() {
  impl_->context.draining = true;
  asio::post(impl_->io, [this] {
    boost::system::error_code ignored;
    impl_->acceptor->close(ignored);
  });
}

void Network::stop(std::chrono::milliseconds patience) {
  if (impl_->stopped) return;
  impl_->stopped = true;
  stop_accepting();
  const auto end = std::chrono::steady_clock::now() + patience;
  const auto wait_while = [end](const auto& busy) {
    while (busy() && std::chrono::steady_clock::now() < end) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
  };
  wait_while([&] { return impl_->context.busy > 0; });
  impl_->context.workers.join();
  // What was handed over to connections until now stands in their queues once this has run.
  std::promise<void> handed_over;
  asio::post(impl_->io, [&handed_over] { handed_over.set_value(); });
  handed_over.get_future().wait();
  wait_while([&] { return impl_->context.unsent > 0; });
  impl_->io.stop();
  for (std::thread& thread : impl_->threads) thread.join();
  impl_->context.workers.forget_waiting();
}

}  // namespace saywell
