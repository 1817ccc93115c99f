// How far an RTMP connection has come, and how long its client still has: the clock of RtmpLink,
// without its socket.
#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

#include "rtmp/server_session.h"

namespace saywell {

// How long a connection may stay in a state before its client counts as lost.
struct RtmpTimeouts {
  std::chrono::milliseconds handshake{10'000};
  std::chrono::milliseconds connect{10'000};      // from the handshake to `connect`
  std::chrono::milliseconds first_audio{30'000};  // from `publish` on
  std::chrono::milliseconds audio{30'000};        // between two messages of a publisher
  std::chrono::milliseconds idle{300'000};        // without a byte in either direction
  std::chrono::milliseconds close{2'000};         // for what is still to be sent
};

// One state at a time, and one deadline that belongs to it. States only go forward, but for kOpen
// and the two of publishing. Times are milliseconds of any clock that does not run back. One thread
// at a time.
class RtmpLinkState {
 public:
  enum class State : std::uint8_t {
    kHandshake,
    kConnect,     // handshake done, `connect` not yet
    kOpen,        // connected; plays, or does nothing
    kFirstAudio,  // publishes, and has sent no audio yet
    kAudio,       // publishes
    kEnding,      // ended by the server: the last answer goes out, no further event is taken
    kClosing,     // nothing more is read: the conversation ends, then the connection
    kClosed
  };

  RtmpLinkState(const RtmpTimeouts& timeouts, std::int64_t now_ms);

  State state() const { return state_; }
  bool is_publishing() const { return state_ == State::kFirstAudio || state_ == State::kAudio; }
  bool takes_events() const { return state_ < State::kEnding; }
  std::int64_t opened_ms() const { return opened_ms_; }

  // The session is in `phase`, and publishes or not. Passed over from kEnding on.
  void follow(rtmp::ServerSession::Phase phase, bool publishing, std::int64_t now_ms);
  // Bytes went in either direction, or something is being played.
  void note_traffic(std::int64_t now_ms);
  void note_audio(std::int64_t now_ms);
  // To kEnding, kClosing or kClosed. Passed over where the state is later than that; to kClosing
  // once more starts its time anew.
  void advance_to(State state, std::int64_t now_ms);

  bool is_overdue(std::int64_t now_ms) const;
  // What the client did not do in its time, as a sentence for it. REQUIRES: takes_events().
  std::string_view overdue_reason() const;

 private:
  void enter(State state, std::int64_t now_ms);
  std::chrono::milliseconds time_of(State state) const;

  const RtmpTimeouts timeouts_;
  const std::int64_t opened_ms_;
  State state_ = State::kHandshake;
  std::int64_t deadline_ms_;
};

}  // namespace saywell
