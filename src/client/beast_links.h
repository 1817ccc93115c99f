// The links over Beast, for one kind of stream. Included by plain_links.cc and tls_links.cc only.
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <string>
#include <utility>

#include "client/links.h"

namespace saywell::client {

namespace beast = boost::beast;
namespace http = boost::beast::http;

inline constexpr auto kAwait = asio::as_tuple(asio::use_awaitable);
inline constexpr std::size_t kMaxAnswerBytes = 64'000'000;

inline Status link_failed(const boost::system::error_code& error) {
  const bool late = error == beast::error::timeout;
  return Status(
      late ? kConnectTimeout : kConnectClosed,
      late ? "the server did not answer in time" : "the connection broke: " + error.message());
}

template <class Stream>
class BeastHttpLink final : public HttpLink {
 public:
  BeastHttpLink(Stream stream, ServerAddress address)
      : stream_(std::move(stream)), address_(std::move(address)) {}

  asio::awaitable<Result<HttpReply>> exchange(const HttpCall& call) override {
    http::request<http::string_body> request;
    request.method_string(call.method);
    request.target(address_.prefix + call.target);
    request.version(11);
    request.set(http::field::host, address_.host_header());
    if (!call.content_type.empty()) request.set(http::field::content_type, call.content_type);
    if (!call.authorization.empty()) request.set(http::field::authorization, call.authorization);
    request.body() = call.body;
    request.prepare_payload();
    beast::get_lowest_layer(stream_).expires_after(kAnswerTime);
    const auto [unsent, sent] = co_await http::async_write(stream_, request, kAwait);
    // A server that refuses a body answers before it has received it all; that answer counts.
    http::response_parser<http::string_body> parser;
    parser.body_limit(kMaxAnswerBytes);
    const auto [error, size] = co_await http::async_read(stream_, buffer_, parser, kAwait);
    if (error) co_return link_failed(unsent ? unsent : error);
    co_return HttpReply{static_cast<int>(parser.get().result_int()),
                        std::move(parser.get().body())};
  }

 private:
  Stream stream_;
  const ServerAddress address_;
  beast::flat_buffer buffer_;
};

template <class Stream>
class BeastStreamLink final : public StreamLink {
 public:
  explicit BeastStreamLink(Stream stream) : socket_(std::move(stream)) {}

  asio::awaitable<Status> shake_hands(const ServerAddress& address, const std::string& target) {
    beast::get_lowest_layer(socket_).expires_never();
    beast::websocket::stream_base::timeout times{};
    times.handshake_timeout = kConnectTime;
    times.idle_timeout = beast::websocket::stream_base::none();
    times.keep_alive_pings = false;
    socket_.set_option(times);
    socket_.read_message_max(kMaxAnswerBytes);
    beast::websocket::response_type answer;
    const auto [error] = co_await socket_.async_handshake(answer, address.host_header(),
                                                          address.prefix + target, kAwait);
    if (error == beast::websocket::error::upgrade_declined) {
      co_return Status(kConnectFailed,
                       "no WebSocket there: HTTP " + std::to_string(answer.result_int()));
    }
    co_return error ? Status(kConnectFailed, error.message()) : Status();
  }

  asio::awaitable<Status> send_text(std::string text) override {
    socket_.text(true);
    const auto [error, size] = co_await socket_.async_write(asio::buffer(text), kAwait);
    co_return error ? link_failed(error) : Status();
  }

  asio::awaitable<Status> send_audio(std::span<const std::byte> bytes) override {
    socket_.binary(true);
    const auto [error, size] =
        co_await socket_.async_write(asio::buffer(bytes.data(), bytes.size()), kAwait);
    co_return error ? link_failed(error) : Status();
  }

  asio::awaitable<Result<std::string>> receive() override {
    beast::flat_buffer buffer;
    const auto [error, size] = co_await socket_.async_read(buffer, kAwait);
    if (error) co_return link_failed(error);
    co_return beast::buffers_to_string(buffer.data());
  }

  void close() override { beast::get_lowest_layer(socket_).close(); }

 private:
  beast::websocket::stream<Stream, false> socket_;
};

inline asio::awaitable<Result<beast::tcp_stream>> connect_tcp(const ServerAddress& address) {
  const auto executor = co_await asio::this_coro::executor;
  asio::ip::tcp::resolver resolver(executor);
  const auto [unknown, found] = co_await resolver.async_resolve(address.host, address.port, kAwait);
  if (unknown) {
    co_return Status(kConnectFailed, address.host + ": " + unknown.message());
  }
  beast::tcp_stream stream(executor);
  stream.expires_after(kConnectTime);
  const auto [error, endpoint] = co_await stream.async_connect(found, kAwait);
  if (error) {
    co_return Status(kConnectFailed, address.host_header() + ": " + error.message());
  }
  boost::system::error_code ignored;
  stream.socket().set_option(asio::ip::tcp::no_delay(true), ignored);
  co_return stream;
}

template <class Stream>
asio::awaitable<Result<std::unique_ptr<StreamLink>>> stream_over(Stream stream,
                                                                 const ServerAddress& address,
                                                                 const std::string& target) {
  auto link = std::make_unique<BeastStreamLink<Stream>>(std::move(stream));
  if (Status shaken = co_await link->shake_hands(address, target); !shaken.ok()) co_return shaken;
  co_return std::unique_ptr<StreamLink>(std::move(link));
}

}  // namespace saywell::client
