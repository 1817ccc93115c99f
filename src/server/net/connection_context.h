// What all connections share.
#pragma once

#include <atomic>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "server/net/network.h"
#include "server/net/workers.h"

namespace saywell::net {

namespace asio = boost::asio;

// Errors come as a value, not as an exception.
inline constexpr auto kAwait = asio::as_tuple(asio::use_awaitable);

struct ConnectionContext {
  const NetworkOptions options;
  const Network::Parts parts;
  Workers workers;
  std::atomic<std::size_t> connections{0};
  std::atomic<std::size_t> busy{0};    // requests being read or answered
  std::atomic<std::size_t> unsent{0};  // messages of WebSockets
  std::atomic<std::size_t> bodies_bytes{0};
  std::atomic<bool> draining{false};
};

// Counts one up as long as it lives.
class Counted {
 public:
  explicit Counted(std::atomic<std::size_t>& count) : count_(count) { ++count_; }
  ~Counted() { --count_; }
  Counted(const Counted&) = delete;
  Counted& operator=(const Counted&) = delete;

 private:
  std::atomic<std::size_t>& count_;
};

// A value that another thread delivers to a coroutine that waits for it on its own executor.
template <class T>
class Delivery {
 public:
  explicit Delivery(const asio::any_io_executor& executor) : timer_(executor) {
    timer_.expires_at(asio::steady_timer::time_point::max());
  }

  // From any thread; the first delivery counts.
  static void deliver(const std::shared_ptr<Delivery>& delivery, T value) {
    asio::post(delivery->timer_.get_executor(), [delivery, value = std::move(value)]() mutable {
      if (delivery->value_) return;
      delivery->value_ = std::move(value);
      delivery->timer_.cancel();
    });
  }

  // On the executor.
  static asio::awaitable<T> wait(std::shared_ptr<Delivery> delivery) {
    while (!delivery->value_) co_await delivery->timer_.async_wait(kAwait);
    co_return *std::move(delivery->value_);
  }

 private:
  asio::steady_timer timer_;
  std::optional<T> value_;
};

// Does `work` on a worker thread; the coroutine goes on on its own executor when it is done.
inline asio::awaitable<void> on_worker(ConnectionContext& context, std::function<void()> work) {
  struct Done {};
  auto delivery = std::make_shared<Delivery<Done>>(co_await asio::this_coro::executor);
  asio::post(context.workers, [delivery, work = std::move(work)] {
    work();
    Delivery<Done>::deliver(delivery, Done{});
  });
  co_await Delivery<Done>::wait(delivery);
}

}  // namespace saywell::net
