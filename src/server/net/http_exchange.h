// Between Beast's HTTP messages and the handlers' own: everything that needs no socket.
#pragma once

#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "server/answers.h"
#include "server/http/http_message.h"
#include "server/net/connection_context.h"
#include "wire/multipart_parser.h"

namespace saywell::net {

namespace http = boost::beast::http;

// The head of a request; the body is empty yet. Code 40031 for an address that is no UTF-8 text,
// for more than one Host, and for HTTP/1.1 without one.
Result<HttpRequest> read_head(const http::request_header<>& head, std::string remote_address);

// A request whose head has been read, and why it does not get in, if it does not: a head that
// cannot be (400), or the gate.
struct Admission {
  HttpRequest request;  // empty with a head that cannot be
  std::optional<HttpResponse> refusal;
};
Admission admit(const http::request_header<>& head, const std::string& remote_address,
                bool is_websocket, const RequestGate& gate);

// Counts an answer, and has a line of the log for it at level debug: without the query, which may
// hold a token.
struct GivenAnswer {
  int http_status = 0;
  std::chrono::duration<double> taken;
};
void note_answer(const HttpRequest& request, std::string_view route, const GivenAnswer& answer,
                 Metrics& metrics);

// Takes a request's body piece by piece: a multipart body as its parts, any other as it is.
class BodyReader : private PartSink {
 public:
  // `request` must outlive the reader. Multipart with a bad boundary fails with the first push().
  BodyReader(HttpRequest& request, ConnectionContext& context, std::size_t max_bytes);
  ~BodyReader() override;
  BodyReader(const BodyReader&) = delete;
  BodyReader& operator=(const BodyReader&) = delete;

  // An answer instead of nothing ends the reading: 400, 413, or 503 when the bodies of all requests
  // together are too large.
  std::optional<HttpResponse> push(std::string_view bytes);
  std::optional<HttpResponse> finish();

 private:
  Status part_begin(const PartHeader& header) override;
  Status part_data(std::string_view bytes) override;
  Status part_end() override;

  HttpRequest& request_;
  ConnectionContext& context_;
  const std::size_t max_bytes_;
  std::size_t bytes_ = 0;
  Status boundary_;
  std::optional<MultipartParser> multipart_;
};

// The answer to what is no HTTP; nullopt for a connection that broke, or when there is no error.
std::optional<HttpResponse> refuse_no_http(const boost::system::error_code& error);

// Why a request is answered before its body is read, if it is: unknown path or method, a body that
// its length says is too large, or the shutdown.
std::optional<HttpResponse> refuse_head(const HttpRequest& request, const Router::Match& match,
                                        std::optional<std::uint64_t> content_length);

// Calls the handler on a worker thread, or, where the route says so, at once. An exception, and an
// answer that never came, are a 500.
asio::awaitable<HttpResponse> call_handler(ConnectionContext& context, const Route& route,
                                           std::shared_ptr<const HttpRequest> request);

// Waits until a refused sign-in may be answered.
asio::awaitable<void> hold_back(const HttpRequest& request, const ConnectionContext& context);

// Headers that every answer has: CORS, no sniffing, no framing by others.
void add_common_headers(const HttpRequest& request, bool cross_origin, const RequestGate& gate,
                        HttpResponse& response);

// The answer to OPTIONS.
HttpResponse preflight_response(const Router::Match& match);

}  // namespace saywell::net
