#include "server/rtmp/link_state.h"

#include <limits>

namespace saywell {
namespace {

using State = RtmpLinkState::State;
using Phase = rtmp::ServerSession::Phase;

constexpr std::chrono::milliseconds kForever{std::numeric_limits<std::int32_t>::max()};

}  // namespace

RtmpLinkState::RtmpLinkState(const RtmpTimeouts& timeouts, std::int64_t now_ms)
    : timeouts_(timeouts), opened_ms_(now_ms), deadline_ms_(now_ms + timeouts.handshake.count()) {}

std::chrono::milliseconds RtmpLinkState::time_of(State state) const {
  switch (state) {
    case State::kHandshake:
      return timeouts_.handshake;
    case State::kConnect:
      return timeouts_.connect;
    case State::kOpen:
      return timeouts_.idle;
    case State::kFirstAudio:
      return timeouts_.first_audio;
    case State::kAudio:
      return timeouts_.audio;
    case State::kEnding:
    case State::kClosing:
      return timeouts_.close;
    case State::kClosed:
      break;
  }
  return kForever;
}

void RtmpLinkState::enter(State state, std::int64_t now_ms) {
  state_ = state;
  deadline_ms_ = now_ms + time_of(state).count();
}

void RtmpLinkState::follow(Phase phase, bool publishing, std::int64_t now_ms) {
  if (!takes_events()) return;
  if (publishing) {
    if (!is_publishing()) enter(State::kFirstAudio, now_ms);
  } else if (phase == Phase::kOpen) {
    if (state_ != State::kOpen) enter(State::kOpen, now_ms);
  } else if (phase == Phase::kConnect && state_ == State::kHandshake) {
    enter(State::kConnect, now_ms);
  }
}

void RtmpLinkState::note_traffic(std::int64_t now_ms) {
  if (state_ == State::kOpen) enter(State::kOpen, now_ms);
}

void RtmpLinkState::note_audio(std::int64_t now_ms) {
  if (is_publishing()) enter(State::kAudio, now_ms);
}

void RtmpLinkState::advance_to(State state, std::int64_t now_ms) {
  const bool again = state == State::kClosing && state_ == State::kClosing;
  if (state > state_ || again) enter(state, now_ms);
}

bool RtmpLinkState::is_overdue(std::int64_t now_ms) const { return now_ms > deadline_ms_; }

std::string_view RtmpLinkState::overdue_reason() const {
  switch (state_) {
    case State::kHandshake:
      return "The handshake took too long.";
    case State::kConnect:
      return "No connect came.";
    case State::kOpen:
      return "Nothing was sent in either direction.";
    case State::kFirstAudio:
      return "No audio came.";
    default:
      return "No further audio came.";
  }
}

}  // namespace saywell
