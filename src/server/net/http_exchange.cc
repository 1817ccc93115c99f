#include "server/net/http_exchange.h"

#include <algorithm>
#include <cmath>
#include <exception>

#include "base/log.h"
#include "base/status_macros.h"

namespace saywell::net {
namespace {

std::string lower_case(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return lower;
}

// Answers 500 when it goes away without an answer having been given.
class Responder {
 public:
  explicit Responder(std::shared_ptr<Delivery<HttpResponse>> delivery)
      : delivery_(std::move(delivery)) {}
  ~Responder() {
    const std::string id = given_ ? "" : log_incident("a handler gave no answer");
    if (!given_) give(error_response(500, Status(Code::kInternal, "incident " + id)));
  }
  Responder(const Responder&) = delete;
  Responder& operator=(const Responder&) = delete;

  void give(HttpResponse response) {
    if (given_.exchange(true)) return;
    Delivery<HttpResponse>::deliver(delivery_, std::move(response));
  }

 private:
  const std::shared_ptr<Delivery<HttpResponse>> delivery_;
  std::atomic<bool> given_{false};
};

}  // namespace

Result<HttpRequest> read_head(const http::request_header<>& head, std::string remote_address) {
  HttpRequest request;
  request.http_1_0 = head.version() < 11;
  const std::size_t hosts = head.count(http::field::host);
  if (hosts > 1 || (hosts == 0 && !request.http_1_0)) {
    return Status(Code::kBadParameter, "Host", "one is expected, not " + std::to_string(hosts));
  }
  request.method = std::string(head.method_string());
  request.remote_address = std::move(remote_address);
  const std::string_view target(head.target().data(), head.target().size());
  const std::size_t question = std::min(target.find('?'), target.size());
  request.path = target.substr(0, question);
  for (const auto& field : head) {
    request.headers.emplace_back(
        lower_case({field.name_string().data(), field.name_string().size()}),
        std::string(field.value()));
  }
  ASSIGN_OR_RETURN(request.query,
                   parse_form_fields(target.substr(std::min(question + 1, target.size()))));
  return request;
}

Admission admit(const http::request_header<>& head, const std::string& remote_address,
                bool is_websocket, const RequestGate& gate) {
  Result<HttpRequest> request = read_head(head, remote_address);
  if (!request.ok()) return {{}, error_response(400, request.status())};
  std::optional<HttpResponse> refusal = gate.refusal(*request, is_websocket);
  return {*std::move(request), std::move(refusal)};
}

void note_answer(const HttpRequest& request, std::string_view route, const GivenAnswer& answer,
                 Metrics& metrics) {
  metrics.count_request(route, answer.http_status, answer.taken.count());
  if (!log_enabled(LogLevel::kDebug)) return;
  log_line(LogLevel::kDebug, "http: " + request.remote_address + " " + request.method + " " +
                                 request.path + ": " + std::to_string(answer.http_status) + " in " +
                                 std::to_string(std::lround(answer.taken.count() * 1000)) + " ms");
}

BodyReader::BodyReader(HttpRequest& request, ConnectionContext& context, std::size_t max_bytes)
    : request_(request), context_(context), max_bytes_(max_bytes) {
  const std::string_view type = request.header("content-type");
  if (lower_case(type.substr(0, 10)) != "multipart/") return;
  Result<MultipartParser> parser = MultipartParser::for_content_type(type, *this);
  boundary_ = parser.status();
  if (parser.ok()) multipart_.emplace(*std::move(parser));
}

BodyReader::~BodyReader() { context_.bodies_bytes -= bytes_; }

std::optional<HttpResponse> BodyReader::push(std::string_view bytes) {
  bytes_ += bytes.size();
  const std::size_t all = context_.bodies_bytes += bytes.size();
  if (bytes_ > max_bytes_) {
    return error_response(413, Status(Code::kBadParameter, "body",
                                      "more than " + std::to_string(max_bytes_) + " bytes"));
  }
  if (all > context_.options.max_bodies_bytes) {
    return error_response(503, Status(Code::kTimeout, "too much is being uploaded at a time"));
  }
  if (!boundary_.ok()) return error_response(400, boundary_);
  if (!multipart_) {
    request_.body.append(bytes);
    return std::nullopt;
  }
  if (Status parsed = multipart_->push(bytes); !parsed.ok()) return error_response(400, parsed);
  return std::nullopt;
}

std::optional<HttpResponse> BodyReader::finish() {
  Status finished = boundary_;
  if (finished.ok() && multipart_) finished = multipart_->finish();
  if (!finished.ok()) return error_response(400, finished);
  return std::nullopt;
}

Status BodyReader::part_begin(const PartHeader& header) {
  if (request_.part(header.name) != nullptr) {
    return Status(Code::kBadParameter, header.name, "this part is there twice");
  }
  request_.parts.push_back({header, {}});
  return Status();
}

Status BodyReader::part_data(std::string_view bytes) {
  request_.parts.back().content.append(bytes);
  return Status();
}

Status BodyReader::part_end() { return Status(); }

std::optional<HttpResponse> refuse_no_http(const boost::system::error_code& error) {
  const bool of_http =
      error.category() == http::make_error_code(http::error::bad_method).category();
  if (!of_http || error == http::error::end_of_stream || error == http::error::partial_message) {
    return std::nullopt;
  }
  return error_response(400, Status(Code::kBadParameter, "no HTTP: " + error.message()));
}

std::optional<HttpResponse> refuse_head(const HttpRequest& request, const Router::Match& match,
                                        std::optional<std::uint64_t> content_length) {
  if (match.allowed.empty()) {
    return error_response(404, Status(Code::kBadParameter, request.path + ": no such address"));
  }
  if (match.route == nullptr) {
    HttpResponse response = error_response(
        405,
        Status(Code::kBadParameter, request.method + " " + request.path + ": not this method"));
    response.headers.emplace_back("Allow", match.allowed);
    return response;
  }
  const std::size_t max_bytes = match.route->max_body_bytes;
  if (content_length.value_or(0) > max_bytes) {
    return error_response(413, Status(Code::kBadParameter, "body",
                                      "more than " + std::to_string(max_bytes) + " bytes"));
  }
  return std::nullopt;
}

asio::awaitable<HttpResponse> call_handler(ConnectionContext& context, const Route& route,
                                           std::shared_ptr<const HttpRequest> request) {
  auto delivery = std::make_shared<Delivery<HttpResponse>>(co_await asio::this_coro::executor);
  auto responder = std::make_shared<Responder>(delivery);
  auto call = [&handler = route.handler, request = std::move(request),
               responder = std::move(responder)] {
    const Respond respond = [responder](HttpResponse response) {
      responder->give(std::move(response));
    };
    try {
      handler(request, respond);
    } catch (const std::exception& error) {
      respond(
          error_response(500, Status(Code::kInternal, "incident " + log_incident(error.what()))));
    }
  };
  if (route.at_once) {
    call();
  } else {
    asio::post(context.workers, std::move(call));
  }
  co_return co_await Delivery<HttpResponse>::wait(delivery);
}

asio::awaitable<void> hold_back(const HttpRequest& request, const ConnectionContext& context) {
  if (!context.parts.refusal_delay) co_return;
  asio::steady_timer timer(co_await asio::this_coro::executor,
                           context.parts.refusal_delay(request));
  co_await timer.async_wait(kAwait);
}

void add_common_headers(const HttpRequest& request, bool cross_origin, const RequestGate& gate,
                        HttpResponse& response) {
  response.headers.emplace_back("X-Content-Type-Options", "nosniff");
  response.headers.emplace_back("Referrer-Policy", "no-referrer");
  const std::string_view origin = request.header("origin");
  if (origin.empty() || !cross_origin || !gate.allows_origin(origin)) return;
  response.headers.emplace_back("Access-Control-Allow-Origin", std::string(origin));
  response.headers.emplace_back("Vary", "Origin");
  response.headers.emplace_back("Access-Control-Expose-Headers",
                                "Accept-Ranges, Content-Range, Content-Length");
}

HttpResponse preflight_response(const Router::Match& match) {
  HttpResponse response;
  response.status = 204;
  response.content_type.clear();
  response.headers = {
      {"Allow", match.allowed + ", OPTIONS"},
      {"Access-Control-Allow-Methods", match.allowed},
      {"Access-Control-Allow-Headers", "Authorization, Content-Type, Range, Prefer"},
      {"Access-Control-Max-Age", "600"}};
  return response;
}

}  // namespace saywell::net
