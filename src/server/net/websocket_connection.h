// A connection that became a WebSocket. Included by the two instances only.
#pragma once

#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <deque>
#include <memory>
#include <string>

#include "server/http/http_message.h"
#include "server/net/connection_context.h"

namespace saywell::net {

namespace http = boost::beast::http;
namespace websocket = boost::beast::websocket;

template <class Stream>
class WebSocketConnection : public std::enable_shared_from_this<WebSocketConnection<Stream>> {
 public:
  WebSocketConnection(Stream stream, ConnectionContext& context)
      : socket_(std::move(stream)), context_(context), wake_(socket_.get_executor()) {}

  ~WebSocketConnection() { context_.unsent -= waiting_.size(); }
  WebSocketConnection(const WebSocketConnection&) = delete;
  WebSocketConnection& operator=(const WebSocketConnection&) = delete;

  asio::awaitable<void> run(http::request<http::empty_body> upgrade, HttpRequest request) {
    if (!co_await accept(upgrade)) co_return;
    const std::weak_ptr<WebSocketConnection> weak = this->weak_from_this();
    const asio::any_io_executor executor = socket_.get_executor();
    SendText send = [weak, executor](std::string text) {
      asio::post(executor, [weak, text = std::move(text)]() mutable {
        if (const auto self = weak.lock()) self->enqueue(std::move(text));
      });
    };
    co_await on_worker(context_, [this, &request, &send] {
      peer_ = context_.parts.peers(request, std::move(send));
    });
    asio::co_spawn(
        executor, [self = this->shared_from_this()] { return self->write_loop(); }, asio::detached);
    co_await read_loop();
    closed_ = true;
    wake_.cancel();
    co_await on_worker(context_, [this] { peer_->on_close(); });
  }

 private:
  asio::awaitable<bool> accept(const http::request<http::empty_body>& upgrade) {
    websocket::stream_base::timeout timeout{};
    timeout.handshake_timeout = context_.options.head_timeout;
    timeout.idle_timeout = context_.options.stream_idle_timeout;
    timeout.keep_alive_pings = false;
    socket_.set_option(timeout);
    socket_.read_message_max(context_.options.max_stream_message_bytes);
    socket_.auto_fragment(false);  // an answer is one frame: simple clients do not join fragments
    const auto [error] = co_await socket_.async_accept(upgrade, kAwait);
    co_return !error;
  }

  asio::awaitable<void> read_loop() {
    boost::beast::flat_buffer buffer;
    while (!dropped_) {
      const auto [error, size] = co_await socket_.async_read(buffer, kAwait);
      if (error) co_return;
      std::string message = boost::beast::buffers_to_string(buffer.data());
      const bool text = socket_.got_text();
      buffer.consume(size);
      if (buffer.capacity() > kKeptBufferBytes) buffer = {};  // idle connections stay small
      context_.parts.metrics.count_bytes("in", size);
      co_await on_worker(context_, [this, text, &message] {
        if (text) {
          peer_->on_text(std::move(message));
        } else {
          peer_->on_binary(std::move(message));
        }
      });
    }
  }

  void enqueue(std::string text) {
    backlog_bytes_ += text.size();
    if (backlog_bytes_ > context_.options.max_stream_backlog_bytes) {
      // The client does not read: no closing handshake would reach it either.
      dropped_ = true;
      boost::beast::get_lowest_layer(socket_).close();
      return;
    }
    waiting_.push_back(std::move(text));
    ++context_.unsent;
    wake_.cancel();
  }

  asio::awaitable<void> write_loop() {
    while (!closed_ && !dropped_) {
      if (waiting_.empty()) {
        wake_.expires_at(asio::steady_timer::time_point::max());
        co_await wake_.async_wait(kAwait);
        continue;
      }
      const std::string text = std::move(waiting_.front());
      waiting_.pop_front();
      socket_.text(true);
      const auto [error, size] = co_await socket_.async_write(asio::buffer(text), kAwait);
      backlog_bytes_ -= text.size();
      --context_.unsent;
      if (error) co_return;
      context_.parts.metrics.count_bytes("out", size);
    }
  }

  static constexpr std::size_t kKeptBufferBytes = 16 * 1024;

  websocket::stream<Stream, false> socket_;  // without compression: 300 KB a connection saved
  ConnectionContext& context_;
  asio::steady_timer wake_;
  std::unique_ptr<WebSocketHandler> peer_;
  std::deque<std::string> waiting_;
  std::size_t backlog_bytes_ = 0;
  bool closed_ = false;
  bool dropped_ = false;
};

template <class Stream>
asio::awaitable<void> serve_websocket(Stream stream, http::request<http::empty_body> upgrade,
                                      HttpRequest request, ConnectionContext& context) {
  context.parts.metrics.add_connections("websocket", 1);
  auto connection = std::make_shared<WebSocketConnection<Stream>>(std::move(stream), context);
  co_await connection->run(std::move(upgrade), std::move(request));
  context.parts.metrics.add_connections("websocket", -1);
}

}  // namespace saywell::net
