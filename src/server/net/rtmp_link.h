// One RTMP connection: the socket, the engine's session, and the conversation behind it.
//
// Everything here runs on the network's only thread, except the conversation, which runs on the
// workers, one job after the other; its answers come back as actions on this thread. Audio is
// collected here and passed on about once per second, or sooner if a recording may stop by itself.
#pragma once

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "rtmp/server_session.h"
#include "server/net/rtmp_network.h"
#include "server/net/workers.h"
#include "server/rtmp/link_state.h"
#include "server/rtmp/rtmp_conversation.h"

namespace saywell::net {

namespace asio = boost::asio;

// One thread, and a known type of executor: this halves the cost of reading a small message.
using RtmpExecutor = asio::io_context::executor_type;
using RtmpSocket = asio::basic_stream_socket<asio::ip::tcp, RtmpExecutor>;
template <class T>
using RtmpAwaitable = asio::awaitable<T, RtmpExecutor>;

struct RtmpContext {
  const RtmpOptions options;
  const RtmpNetwork::Parts parts;
  Workers workers;
  std::int64_t now_ms = 1;                  // of the last tick
  std::chrono::milliseconds read_pause{0};  // between two reads of a publisher; 0: as data come
  std::uint64_t seed = 0;                   // of handshakes: need not be secret
  std::uint64_t received_bytes = 0;         // since the last report to the metrics
  std::uint64_t sent_bytes = 0;
};

class RtmpLink : public std::enable_shared_from_this<RtmpLink> {
 public:
  // `context` must outlive it. Without `certificate` there is no TLS.
  static std::shared_ptr<RtmpLink> make(RtmpSocket socket, RtmpContext& context,
                                        std::shared_ptr<asio::ssl::context> certificate);

  // From the first byte to the last.
  RtmpAwaitable<void> run();

  // About every 100 ms: deadlines, audio that is due, play-back.
  void tick();

  // Ends the connection, and sends the client the reason.
  void end(std::string_view code, const std::string& why);

  bool publishing() const { return session_.publishing(); }
  bool playing() const { return conversation_->wants_ticks(); }

 private:
  RtmpLink(RtmpSocket socket, RtmpContext& context,
           std::shared_ptr<asio::ssl::context> certificate);
  RtmpAwaitable<bool> agree_on_encryption();
  RtmpAwaitable<void> read_loop();
  RtmpAwaitable<bool> take_events();
  std::function<void()> audio_job();
  std::function<void()> event_job(rtmp::ServerEvent& event);
  std::function<void()> last_job();
  RtmpAwaitable<void> wait_for_work();
  RtmpAwaitable<void> finish();
  RtmpAwaitable<void> write_loop();
  RtmpAwaitable<std::pair<boost::system::error_code, std::size_t>> read();
  RtmpAwaitable<boost::system::error_code> poll_socket(std::size_t& size);
  bool polls_socket() const;
  void wake_at(int bytes);
  RtmpAwaitable<boost::system::error_code> write();
  RtmpAwaitable<void> on_worker(std::function<void()>& work);

  RtmpOutlet outlet();
  void apply(const std::function<void(rtmp::ServerSession&)>& action);
  void stop_reading();
  void drop();
  void ask(std::function<void()> work);
  void send();
  void collect(const rtmp::AudioMessage& message);
  void hand_over_audio();
  ConnectionFigures figures();
  void follow_session();
  bool is_closed() const { return state_.state() == RtmpLinkState::State::kClosed; }

  RtmpContext& context_;
  RtmpSocket socket_;
  std::shared_ptr<asio::ssl::context> certificate_;
  std::unique_ptr<asio::ssl::stream<RtmpSocket&>> tls_;
  asio::strand<asio::thread_pool::executor_type> strand_;  // the conversation's
  rtmp::ServerSession session_;
  std::optional<RtmpConversation> conversation_;  // always there: made once the link is held

  std::array<std::byte, 4096> input_;
  rtmp::Bytes outgoing_;
  AudioBatch audio_;
  std::int64_t audio_since_ms_ = 0;

  RtmpLinkState state_;  // by the context's clock

  int wakes_at_bytes_ = 1;   // the socket's
  bool more_waits_ = false;  // the last read by the clock left bytes

  std::uint64_t sent_bytes_ = 0;
  // Work in progress.
  bool asking_ = false;   // a worker decides
  bool ticking_ = false;  // a tick of the conversation
  bool writing_ = false;

  bool peer_gone_ = false;  // nothing can be sent any more
};

}  // namespace saywell::net
