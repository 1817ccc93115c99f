#include "client/client.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <exception>
#include <optional>
#include <random>
#include <utility>

#include "client/answer.h"

namespace saywell::client {
namespace {

std::int64_t now_s() {
  using namespace std::chrono;
  return duration_cast<seconds>(system_clock::now().time_since_epoch()).count();
}

// A text that no recording contains by chance.
std::string new_boundary() {
  std::random_device random;
  std::string boundary = "saywell";
  for (int i = 0; i < 4; ++i) boundary += "-" + std::to_string(random());
  return boundary;
}

// Runs one coroutine to its end on this thread.
template <class T>
Result<T> run(asio::awaitable<Result<T>> work) {
  asio::io_context io;
  std::optional<Result<T>> result;
  // co_spawn() needs a default-constructible value, which Result is not; so store it directly.
  const auto put = [&result](asio::awaitable<Result<T>> given) -> asio::awaitable<void> {
    result.emplace(co_await std::move(given));
  };
  asio::co_spawn(io, put(std::move(work)), [](const std::exception_ptr& thrown) {
    if (thrown) std::rethrow_exception(thrown);
  });
  io.run();
  return *std::move(result);
}

asio::awaitable<Result<boost::json::object>> assess_over_http(const Account& account,
                                                              const boost::json::object& request,
                                                              std::span<const std::byte> audio) {
  Result<std::unique_ptr<HttpLink>> link = co_await open_http(account.server);
  if (!link.ok()) co_return link.status();
  Result<std::string> signed_in = co_await authorization(**link, account.login, now_s());
  if (!signed_in.ok()) co_return signed_in.status();
  const std::string boundary = new_boundary();
  HttpCall call;
  call.method = "POST";
  call.target = "/v1/assess";
  call.authorization = *std::move(signed_in);
  call.content_type = "multipart/form-data; boundary=" + boundary;
  call.body = assess_body(request, audio, boundary);
  const Result<HttpReply> reply = co_await (*link)->exchange(call);
  if (!reply.ok()) co_return reply.status();
  co_return parse_answer(reply->body);
}

asio::awaitable<Status> sign_in(StreamLink& link, const Login& login, const OnMessage& on_message) {
  if (login.token.empty() && login.application_id.empty()) co_return Status();
  const boost::json::object command = connect_command(login, now_s());
  if (Status sent = co_await link.send_text(boost::json::serialize(command)); !sent.ok()) {
    co_return sent;
  }
  const Result<std::string> text = co_await link.receive();
  if (!text.ok()) co_return text.status();
  const Result<boost::json::object> answer = parse_answer(*text);
  if (!answer.ok()) co_return answer.status();
  if (on_message) on_message(*answer);
  co_return code_of(*answer) != 0 ? refusal_in(*answer) : Status();
}

asio::awaitable<Result<StreamOutcome>> stream_over_websocket(const Account& account,
                                                             const StreamPlan& plan,
                                                             const OnMessage& on_message) {
  Result<std::unique_ptr<StreamLink>> link = co_await open_stream(account.server, "/v1/stream");
  if (!link.ok()) co_return link.status();
  if (Status in = co_await sign_in(**link, account.login, on_message); !in.ok()) co_return in;
  co_return co_await stream_recording(**link, plan, on_message);
}

}  // namespace

Result<boost::json::object> assess(const Account& account, const boost::json::object& request,
                                   std::span<const std::byte> audio) {
  return run(assess_over_http(account, request, audio));
}

Result<StreamOutcome> stream(const Account& account, const StreamPlan& plan,
                             const OnMessage& on_message) {
  return run(stream_over_websocket(account, plan, on_message));
}

}  // namespace saywell::client
