// Requests of one connection, one after the other. Included by the two instances only.
#pragma once

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <string>

#include "base/log.h"
#include "server/net/finish_sending.h"
#include "server/net/http_exchange.h"
#include "server/net/read_deadline.h"
#include "server/net/websocket_connection.h"

namespace saywell::net {

inline constexpr std::size_t kBodyPieceBytes = 16 * 1024;
inline constexpr std::size_t kFilePieceBytes = 64 * 1024;

template <class Stream>
class HttpConnection {
 public:
  // `context` must outlive it.
  HttpConnection(Stream stream, std::string remote_address, ConnectionContext& context)
      : stream_(std::move(stream)), remote_address_(std::move(remote_address)), context_(context) {}

  asio::awaitable<void> run() {
    while (co_await wait_for_request()) {
      Parser parser;
      if (!co_await receive_head(parser)) co_return;
      if (is_stream(parser.get())) {
        co_await become_websocket(parser);
        co_return;
      }
      if (!co_await exchange(parser)) co_return;
    }
  }

 private:
  using Parser = http::request_parser<http::buffer_body>;
  using Clock = std::chrono::steady_clock;

  Metrics& metrics() { return context_.parts.metrics; }

  void expire_after(std::chrono::milliseconds time) {
    boost::beast::get_lowest_layer(stream_).expires_after(time);
  }

  // The first bytes of a request; false when none came in time.
  asio::awaitable<bool> wait_for_request() {
    if (context_.draining) co_return false;
    if (buffer_.size() > 0) co_return true;
    expire_after(context_.options.keep_alive_timeout);
    const auto [error, size] = co_await stream_.async_read_some(buffer_.prepare(4096), kAwait);
    if (error) co_return false;
    buffer_.commit(size);
    co_return true;
  }

  // False when the connection has to end; what is no HTTP was then answered.
  asio::awaitable<bool> receive_head(Parser& parser) {
    parser.header_limit(static_cast<std::uint32_t>(context_.options.max_head_bytes));
    parser.body_limit(boost::none);  // BodyReader's, by route
    ReadDeadline<Stream> deadline(stream_);
    deadline.begin(context_.options.head_timeout);
    const auto [error, size] = co_await http::async_read_header(stream_, buffer_, parser, kAwait);
    const bool late = deadline.end();
    if (!error) co_return true;
    HttpResponse refusal;
    if (late) {
      refusal = error_response(408, Status(Code::kBadParameter, "the head came too slowly"));
    } else if (error == http::error::header_limit) {
      refusal = error_response(431, Status(Code::kBadParameter, "the head is too large"));
    } else if (auto no_http = refuse_no_http(error)) {
      refusal = *std::move(no_http);
    } else {
      co_return false;
    }
    metrics().count_request("none", refusal.status, 0);
    co_await send(refusal, false, false);
    co_return false;
  }

  template <class Message>
  bool is_stream(const Message& head) const {
    const std::string_view target(head.target().data(), head.target().size());
    return context_.parts.peers && boost::beast::websocket::is_upgrade(head) &&
           target.substr(0, target.find('?')) == context_.options.stream_path;
  }

  asio::awaitable<void> become_websocket(Parser& parser) {
    Admission admission = admit(parser.get().base(), remote_address_, true, context_.parts.gate);
    if (const auto& refusal = admission.refusal) {
      note_answer(admission.request, context_.options.stream_path, {refusal->status, {}},
                  metrics());
      co_await send(*refusal, false, false);
      co_return;
    }
    boost::beast::get_lowest_layer(stream_).expires_never();
    http::request<http::empty_body> upgrade(parser.get().base());
    buffer_ = {};
    co_await serve_websocket(std::move(stream_), std::move(upgrade), std::move(admission.request),
                             context_);
  }

  // One request and its answer; whether the connection goes on.
  asio::awaitable<bool> exchange(Parser& parser) {
    const Counted busy(context_.busy);
    const Clock::time_point start = Clock::now();
    Admission admission = admit(parser.get().base(), remote_address_, false, context_.parts.gate);
    auto request = std::make_shared<HttpRequest>(std::move(admission.request));
    const Router::Match match = context_.parts.router.find(request->method, request->path);
    BodyReader body(*request, context_, match.route ? match.route->max_body_bytes : 0);
    std::optional<HttpResponse> response = std::move(admission.refusal);
    const bool let_in = !response;
    if (let_in) response = co_await answer(parser, request, match, body);
    if (!response) co_return false;
    if (response->refuses_sign_in) co_await hold_back(*request, context_);
    if (let_in && match.route && match.route->always_200) response->status = 200;
    add_common_headers(*request, match.route == nullptr || match.route->cross_origin,
                       context_.parts.gate, *response);
    note_answer(*request, match.route ? match.route->pattern : "none",
                {response->status, Clock::now() - start}, metrics());
    // A body that was not read to its end stands in the way of the next request.
    const bool keep = parser.is_done() && parser.keep_alive() && let_in && !context_.draining;
    co_return co_await send(*response, request->method == "HEAD", keep) && keep;
  }

  // nullopt when the connection broke.
  asio::awaitable<std::optional<HttpResponse>> answer(Parser& parser,
                                                      std::shared_ptr<HttpRequest> request,
                                                      const Router::Match& match,
                                                      BodyReader& body) {
    std::optional<std::uint64_t> length;
    if (const auto given = parser.content_length()) length = *given;
    if (request->method == "OPTIONS" && !match.allowed.empty()) co_return preflight_response(match);
    if (auto refusal = refuse_head(*request, match, length)) co_return refusal;
    if (auto refusal = co_await receive_body(parser, *request, body)) co_return refusal;
    if (broken_) co_return std::nullopt;
    request->path_values = match.path_values;
    HttpResponse response = co_await call_handler(context_, *match.route, request);
    co_return std::optional<HttpResponse>(std::move(response));
  }

  // An answer when the body cannot be taken; `broken_` when the connection broke.
  asio::awaitable<std::optional<HttpResponse>> receive_body(Parser& parser,
                                                            const HttpRequest& request,
                                                            BodyReader& body) {
    if (request.header("expect") == "100-continue" && !co_await send_continue()) {
      broken_ = true;
      co_return std::nullopt;
    }
    ReadDeadline<Stream> deadline(stream_);
    std::string piece(parser.is_done() ? 0 : kBodyPieceBytes, '\0');
    while (!parser.is_done()) {
      parser.get().body().data = piece.data();
      parser.get().body().size = piece.size();
      deadline.begin(context_.options.body_timeout);
      auto [error, size] = co_await http::async_read(stream_, buffer_, parser, kAwait);
      const bool late = deadline.end();
      if (error == http::error::need_buffer) error = {};
      if (error && late) {
        co_return error_response(408, Status(Code::kBadParameter, "the body came too slowly"));
      }
      if (auto refusal = refuse_no_http(error)) co_return refusal;
      if (error) {
        broken_ = true;
        co_return std::nullopt;
      }
      const std::size_t got = piece.size() - parser.get().body().size;
      metrics().count_bytes("in", got);
      if (auto refusal = body.push(std::string_view(piece).substr(0, got))) co_return refusal;
    }
    co_return body.finish();
  }

  asio::awaitable<bool> send_continue() {
    http::response<http::empty_body> go_on{http::status::continue_, 11};
    expire_after(context_.options.write_timeout);
    const auto [error, size] = co_await http::async_write(stream_, go_on, kAwait);
    co_return !error;
  }

  // False when the connection broke.
  asio::awaitable<bool> send(const HttpResponse& response, bool head_only, bool keep) {
    http::response<http::buffer_body> message;
    message.result(static_cast<unsigned>(response.status));
    message.version(11);
    message.set(http::field::server, "saywell/" SAYWELL_VERSION);
    if (!response.content_type.empty()) {
      message.set(http::field::content_type, response.content_type);
    }
    for (const auto& [name, value] : response.headers) message.insert(name, value);
    message.keep_alive(keep);
    const std::uint64_t size = response.file ? response.file->size() : response.body.size();
    if (response.status != 204 && response.status != 304) message.content_length(size);
    http::response_serializer<http::buffer_body> serializer{message};
    expire_after(context_.options.write_timeout);
    const auto [error, written] = co_await http::async_write_header(stream_, serializer, kAwait);
    if (error) co_return false;
    const bool sent = head_only || co_await send_body(response, size);
    if (!sent || !keep) co_await finish_sending(stream_);
    co_return sent;
  }

  asio::awaitable<bool> send_body(const HttpResponse& response, std::uint64_t size) {
    std::uint64_t sent = 0;
    while (sent < size) {
      std::string from_file;
      std::string_view piece = std::string_view(response.body).substr(response.file ? 0 : sent);
      if (response.file) {
        from_file = response.file->read(sent, kFilePieceBytes);
        piece = from_file;
      }
      piece = piece.substr(0, kFilePieceBytes);
      if (piece.empty()) co_return false;  // the file became shorter: the client sees it cut off
      expire_after(context_.options.write_timeout);
      const auto [error, written] =
          co_await asio::async_write(stream_, asio::buffer(piece.data(), piece.size()), kAwait);
      if (error) co_return false;
      sent += written;
      metrics().count_bytes("out", written);
    }
    co_return true;
  }

  Stream stream_;
  const std::string remote_address_;
  ConnectionContext& context_;
  boost::beast::flat_buffer buffer_;
  bool broken_ = false;
};

}  // namespace saywell::net
