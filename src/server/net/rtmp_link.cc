#include "server/net/rtmp_link.h"

#include <algorithm>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>

#include "base/log.h"
#include "server/net/tcp_figures.h"

namespace saywell::net {
namespace {

using Phase = rtmp::ServerSession::Phase;
using State = RtmpLinkState::State;
using Timer =
    asio::basic_waitable_timer<std::chrono::steady_clock,
                               asio::wait_traits<std::chrono::steady_clock>, RtmpExecutor>;

// Without errors; with errors as values.
constexpr asio::use_awaitable_t<RtmpExecutor> kResume;
constexpr auto kWait = asio::as_tuple(asio::use_awaitable_t<RtmpExecutor>());
constexpr std::byte kTlsHandshake{0x16};
constexpr std::int64_t kHandOverAfterMs = 800;  // a killed process loses at most a second
constexpr std::size_t kHandOverBytes = 4096;
constexpr std::size_t kMostCollectedBytes = 64 * 1024;
constexpr std::size_t kPlayBelowBytes = 256 * 1024;
constexpr std::size_t kKeptOutputBytes = 4096;
constexpr std::chrono::milliseconds kWorkPause{50};
constexpr std::chrono::milliseconds kRestPause{10};
constexpr int kQuietBytes = 4096;  // less than these does not wake us where the clock does

// Resumes the coroutine once `work` was done on the strand.
template <class Strand, class Token>
auto do_on_strand(const Strand& strand, const RtmpExecutor& executor, std::function<void()>& work,
                  Token&& token) {
  auto start = [strand, executor](auto handler, std::function<void()> job) {
    auto shared = std::make_shared<decltype(handler)>(std::move(handler));
    asio::post(strand, [shared, executor, job = std::move(job)] {
      job();
      asio::post(executor, [shared] { std::move (*shared)(); });
    });
  };
  return asio::async_initiate<Token, void()>(std::move(start), token, std::move(work));
}

}  // namespace

RtmpLink::RtmpLink(RtmpSocket socket, RtmpContext& context,
                   std::shared_ptr<asio::ssl::context> certificate)
    : context_(context),
      socket_(std::move(socket)),
      certificate_(std::move(certificate)),
      strand_(asio::make_strand(context.workers.get_executor())),
      session_(context.options.limits, ++context.seed),
      state_(context.options.timeouts, context.now_ms) {}

std::shared_ptr<RtmpLink> RtmpLink::make(RtmpSocket socket, RtmpContext& context,
                                         std::shared_ptr<asio::ssl::context> certificate) {
  std::shared_ptr<RtmpLink> link(new RtmpLink(std::move(socket), context, std::move(certificate)));
  link->conversation_.emplace(context.parts.service, context.parts.authenticator, link->outlet());
  return link;
}

RtmpOutlet RtmpLink::outlet() {
  const std::weak_ptr<RtmpLink> weak = weak_from_this();
  RtmpOutlet outlet;
  boost::system::error_code gone;
  const asio::ip::tcp::endpoint client = socket_.remote_endpoint(gone);
  if (!gone) outlet.client_address = client.address().to_string();
  outlet.run = [weak](std::function<void(rtmp::ServerSession&)> action) {
    const auto self = weak.lock();
    if (!self) return;
    asio::post(self->socket_.get_executor(), [weak, action = std::move(action)] {
      if (const auto link = weak.lock()) link->apply(action);
    });
  };
  outlet.measure = [weak, run = outlet.run](auto action) {
    run([weak, action = std::move(action)](rtmp::ServerSession& session) {
      if (const auto link = weak.lock()) action(session, link->figures());
    });
  };
  return outlet;
}

void RtmpLink::apply(const std::function<void(rtmp::ServerSession&)>& action) {
  if (is_closed()) return;
  action(session_);
  follow_session();
  send();
}

// By reference, and from variables with a name: GCC 12 destroys some temporaries of a co_await
// twice.
RtmpAwaitable<void> RtmpLink::on_worker(std::function<void()>& work) {
  send();  // what is answered already does not wait for it
  asking_ = true;
  const RtmpExecutor executor = socket_.get_executor();
  co_await do_on_strand(strand_, executor, work, kResume);
  asking_ = false;
}

RtmpAwaitable<void> RtmpLink::run() {
  if (co_await agree_on_encryption()) co_await read_loop();
  state_.advance_to(State::kClosing, context_.now_ms);
  std::function<void()> last = last_job();
  co_await on_worker(last);
  co_await finish();
}

// A connection that begins with a TLS record is RTMPS.
RtmpAwaitable<bool> RtmpLink::agree_on_encryption() {
  if (!certificate_) co_return true;
  std::byte first{};
  const auto [error, size] =
      co_await socket_.async_receive(asio::buffer(&first, 1), RtmpSocket::message_peek, kWait);
  if (error) co_return false;
  if (first != kTlsHandshake) co_return context_.options.plain;
  tls_ = std::make_unique<asio::ssl::stream<RtmpSocket&>>(socket_, *certificate_);
  const auto [failed] = co_await tls_->async_handshake(asio::ssl::stream_base::server, kWait);
  co_return !failed;
}

RtmpAwaitable<std::pair<boost::system::error_code, std::size_t>> RtmpLink::read() {
  while (polls_socket()) {
    std::size_t size = 0;
    const boost::system::error_code error = co_await poll_socket(size);
    if (error != asio::error::would_block) co_return std::pair(error, size);
  }
  wake_at(1);
  const auto target = asio::buffer(input_);
  if (tls_) {
    const auto [error, size] = co_await tls_->async_read_some(target, kWait);
    co_return std::pair(error, size);
  }
  const auto [error, size] = co_await socket_.async_read_some(target, kWait);
  co_return std::pair(error, size);
}

// Where very many publish, being woken for each of their frames costs more than all the rest.
bool RtmpLink::polls_socket() const {
  return context_.read_pause.count() > 0 && state_.is_publishing() && !tls_ &&
         !conversation_->wants_audio_soon();
}

// Waits, and takes what came in the meantime; the system does not wake us for it.
RtmpAwaitable<boost::system::error_code> RtmpLink::poll_socket(std::size_t& size) {
  wake_at(kQuietBytes);
  if (!more_waits_) {
    Timer pause(socket_.get_executor(), context_.read_pause);
    co_await pause.async_wait(kWait);
  }
  boost::system::error_code error = asio::error::operation_aborted;
  if (state_.takes_events()) size = socket_.read_some(asio::buffer(input_), error);
  more_waits_ = size == input_.size();
  co_return error;
}

void RtmpLink::wake_at(int bytes) {
  if (std::exchange(wakes_at_bytes_, bytes) == bytes) return;
  boost::system::error_code ignored;
  socket_.set_option(asio::socket_base::receive_low_watermark(bytes), ignored);
}

RtmpAwaitable<void> RtmpLink::read_loop() {
  while (state_.takes_events()) {
    const auto [error, size] = co_await read();
    if (error) {
      peer_gone_ = state_.takes_events();
      co_return;
    }
    state_.note_traffic(context_.now_ms);
    context_.received_bytes += size;
    session_.feed(rtmp::ByteView(input_).first(size));
    const bool goes_on = co_await take_events();
    follow_session();
    send();
    if (!goes_on || session_.phase() == Phase::kRejected) co_return;
  }
}

RtmpAwaitable<bool> RtmpLink::take_events() {
  while (state_.takes_events()) {
    Result<std::optional<rtmp::ServerEvent>> event = session_.next();
    if (!event.ok()) {
      log_line(LogLevel::kDebug, "rtmp: " + event.status().explanation());
      co_return false;
    }
    if (event->has_value()) {
      if (const auto* audio = std::get_if<rtmp::AudioMessage>(&**event)) {
        collect(*audio);
        if (audio_.payloads.size() < kMostCollectedBytes) continue;
        std::function<void()> taking = audio_job();
        co_await on_worker(taking);
      } else if (!std::holds_alternative<rtmp::DataMessage>(**event)) {
        std::function<void()> taking = event_job(**event);
        co_await on_worker(taking);
      }
    } else if (session_.out_of_work()) {
      co_await wait_for_work();
    } else {
      co_return true;
    }
  }
  co_return false;
}

// Jobs are made outside the coroutines: GCC 12 destroys what a lambda in one captures twice.
std::function<void()> RtmpLink::audio_job() {
  return [this, batch = std::exchange(audio_, {})] { conversation_->on_audio(batch); };
}

std::function<void()> RtmpLink::event_job(rtmp::ServerEvent& event) {
  return [this, batch = std::exchange(audio_, {}), taken = std::move(event)] {
    if (!batch.empty()) conversation_->on_audio(batch);
    conversation_->on_event(taken);
  };
}

std::function<void()> RtmpLink::last_job() {
  return [this, batch = std::exchange(audio_, {})] {
    conversation_->on_audio(batch);
    conversation_->on_close();
  };
}

// The client sends chunks faster than it may have them read.
RtmpAwaitable<void> RtmpLink::wait_for_work() {
  send();
  Timer pause(socket_.get_executor(), kWorkPause);
  co_await pause.async_wait(kWait);
  session_.allow_work(kWorkPause.count());
}

void RtmpLink::collect(const rtmp::AudioMessage& message) {
  if (audio_.empty()) audio_since_ms_ = context_.now_ms;
  audio_.add(message);
  state_.note_audio(context_.now_ms);
}

void RtmpLink::ask(std::function<void()> work) {
  asio::post(strand_, [self = shared_from_this(), work = std::move(work)] { work(); });
}

void RtmpLink::hand_over_audio() { ask(audio_job()); }

void RtmpLink::send() {
  if (writing_ || is_closed() || session_.output_bytes() == 0) return;
  writing_ = true;
  asio::co_spawn(
      socket_.get_executor(), [self = shared_from_this()] { return self->write_loop(); },
      asio::detached);
}

RtmpAwaitable<boost::system::error_code> RtmpLink::write() {
  const auto bytes = asio::buffer(outgoing_);
  if (tls_) {
    const auto [error, size] = co_await asio::async_write(*tls_, bytes, kWait);
    co_return error;
  }
  const auto [error, size] = co_await asio::async_write(socket_, bytes, kWait);
  co_return error;
}

RtmpAwaitable<void> RtmpLink::write_loop() {
  while (!is_closed() && session_.output_bytes() > 0) {
    session_.take_output(outgoing_);
    if (const boost::system::error_code error = co_await write(); error) {
      peer_gone_ = true;
      break;
    }
    sent_bytes_ += outgoing_.size();
    context_.sent_bytes += outgoing_.size();
    state_.note_traffic(context_.now_ms);
  }
  if (outgoing_.capacity() > kKeptOutputBytes) outgoing_ = {};
  writing_ = false;
  if (state_.state() == State::kEnding) stop_reading();
}

// What waits to be sent goes out, and then the end; closing with bytes unread would make the system
// throw them away.
RtmpAwaitable<void> RtmpLink::finish() {
  state_.advance_to(State::kClosing, context_.now_ms);
  send();
  while (writing_ && !peer_gone_ && !is_closed()) {
    Timer pause(socket_.get_executor(), kRestPause);
    co_await pause.async_wait(kWait);
  }
  boost::system::error_code ignored;
  if (!peer_gone_ && !is_closed()) {
    socket_.shutdown(RtmpSocket::shutdown_send, ignored);
    while (true) {
      const auto [error, size] = co_await socket_.async_read_some(asio::buffer(input_), kWait);
      if (error) break;
    }
  }
  state_.advance_to(State::kClosed, context_.now_ms);
  socket_.close(ignored);
}

void RtmpLink::follow_session() {
  state_.follow(session_.phase(), session_.publishing(), context_.now_ms);
}

void RtmpLink::tick() {
  const std::int64_t now_ms = context_.now_ms;
  if (playing()) state_.note_traffic(now_ms);
  // While a worker decides, the client is not to blame for the time.
  const bool overdue = !asking_ && state_.is_overdue(now_ms);
  if (!state_.takes_events()) {
    if (overdue) drop();
    return;
  }
  if (overdue) {
    return end("NetConnection.Connect.IdleTimeout", std::string(state_.overdue_reason()));
  }
  if (session_.output_bytes() > context_.options.max_backlog_bytes) {
    log_line(LogLevel::kDebug, "rtmp: the client does not read");
    return drop();
  }
  const bool due = audio_.payloads.size() >= kHandOverBytes ||
                   now_ms - audio_since_ms_ >= kHandOverAfterMs ||
                   conversation_->wants_audio_soon();
  if (!audio_.empty() && due) hand_over_audio();
  if (!playing() || ticking_ || session_.output_bytes() > kPlayBelowBytes) return;
  ticking_ = true;
  ask([this, now_ms] {
    conversation_->on_tick(now_ms);
    asio::post(socket_.get_executor(), [self = shared_from_this()] { self->ticking_ = false; });
  });
}

void RtmpLink::drop() {
  state_.advance_to(State::kClosed, context_.now_ms);
  boost::system::error_code ignored;
  socket_.close(ignored);
}

void RtmpLink::end(std::string_view code, const std::string& why) {
  if (!state_.takes_events()) return;
  state_.advance_to(State::kEnding, context_.now_ms);
  if (session_.phase() == Phase::kOpen) {
    session_.send_status(0, {"error", std::string(code), why, {}});
    send();
  }
  if (!writing_) stop_reading();
}

// What is being written goes on: it is asked for again when that is done.
void RtmpLink::stop_reading() {
  boost::system::error_code ignored;
  socket_.cancel(ignored);
}

ConnectionFigures RtmpLink::figures() {
  ConnectionFigures figures = tcp_figures(socket_.native_handle());
  const std::int64_t open_ms = std::max<std::int64_t>(context_.now_ms - state_.opened_ms(), 1);
  figures.received_bytes = session_.received_bytes();
  figures.sent_bytes = sent_bytes_;
  figures.up_kbit_per_s =
      8.0 * static_cast<double>(figures.received_bytes) / static_cast<double>(open_ms);
  return figures;
}

}  // namespace saywell::net
