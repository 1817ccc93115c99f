#include "client/stream_recording.h"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json/serialize.hpp>
#include <utility>

#include "client/answer.h"

namespace saywell::client {
namespace {

using Clock = std::chrono::steady_clock;

class Recorder {
 public:
  Recorder(StreamLink& link, const StreamPlan& plan, OnMessage on_message)
      : link_(link), plan_(plan), on_message_(std::move(on_message)) {}

  asio::awaitable<Result<StreamOutcome>> run() {
    using namespace asio::experimental::awaitable_operators;
    Status sent = co_await link_.send_text(boost::json::serialize(plan_.start));
    if (!sent.ok()) co_return sent;
    while (outcome_.record_id.empty() && !done_) {
      if (Status got = co_await take_message(); !got.ok()) co_return got;
    }
    if (done_) co_return outcome_;
    auto [sending, receiving] = co_await (send_audio() && receive_until_done());
    // The server's last message explains why sending failed.
    if (done_) co_return outcome_;
    co_return receiving.ok() ? sending : receiving;
  }

 private:
  asio::awaitable<Status> send_audio() {
    asio::steady_timer timer(co_await asio::this_coro::executor);
    Clock::time_point due = Clock::now();
    for (std::size_t at = 0; at < plan_.audio.size() && !over_; at += plan_.piece_bytes) {
      const auto piece =
          plan_.audio.subspan(at, std::min(plan_.piece_bytes, plan_.audio.size() - at));
      // A piece can only be sent after it was spoken.
      due += plan_.piece_time;
      if (plan_.piece_time.count() > 0) {
        timer.expires_at(due);
        co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
      }
      if (over_) break;
      if (Status sent = co_await link_.send_audio(piece); !sent.ok()) co_return sent;
    }
    last_sample_ = Clock::now();
    if (over_) co_return Status();
    co_return co_await link_.send_text(R"({"cmd":"stop"})");
  }

  asio::awaitable<Status> receive_until_done() {
    while (!done_) {
      if (Status got = co_await take_message(); !got.ok()) {
        over_ = true;
        co_return got;
      }
    }
    co_return Status();
  }

  asio::awaitable<Status> take_message() {
    const Result<std::string> text = co_await link_.receive();
    if (!text.ok()) co_return text.status();
    Result<boost::json::object> message = parse_answer(*text);
    if (!message.ok()) co_return message.status();
    if (on_message_) on_message_(*message);
    note(*std::move(message));
    co_return Status();
  }

  void note(boost::json::object message) {
    const std::string cmd = text_of(message, "cmd");
    const bool refused = code_of(message) != 0;
    if (cmd == "start" && !refused) outcome_.record_id = text_of(message, "recordId");
    if (cmd == "stop" && !refused) {
      outcome_.acknowledged = over_ = true;
      if (last_sample_ == Clock::time_point()) last_sample_ = Clock::now();
    }
    const auto* eof = message.if_contains("eof");
    if (eof == nullptr || *eof != 1) return;
    outcome_.code = code_of(message);
    outcome_.envelope = std::move(message);
    outcome_.last_sample_to_result = Clock::now() - last_sample_;
    done_ = over_ = true;
  }

  StreamLink& link_;
  const StreamPlan& plan_;
  const OnMessage on_message_;
  StreamOutcome outcome_;
  Clock::time_point last_sample_;
  bool over_ = false;  // no more audio is wanted
  bool done_ = false;  // the envelope has arrived
};

}  // namespace

asio::awaitable<Result<StreamOutcome>> stream_recording(StreamLink& link, const StreamPlan& plan,
                                                        OnMessage on_message) {
  Recorder recorder(link, plan, std::move(on_message));
  co_return co_await recorder.run();
}

}  // namespace saywell::client
