// Sends one recording over a WebSocket as a recorder does (start, audio in pieces, stop) and
// receives the result.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/json/object.hpp>
#include <chrono>
#include <cstddef>
#include <functional>
#include <span>
#include <string>

#include "client/links.h"
#include "saywell/status.h"

namespace saywell::client {

struct StreamPlan {
  boost::json::object start;         // the whole command
  std::span<const std::byte> audio;  // must outlive the call
  std::size_t piece_bytes = 3200;
  std::chrono::nanoseconds piece_time{
      0};  // between two pieces; 0: as fast as the server takes them
};

struct StreamOutcome {
  std::string record_id;
  boost::json::object envelope;  // the last: with `result`, or with `errID`
  int code = 0;                  // its errID
  bool acknowledged = false;     // the server said that the recording is kept
  std::chrono::nanoseconds last_sample_to_result{0};
};

// Receives every message of the server, in order.
using OnMessage = std::function<void(const boost::json::object& message)>;

// Returns the envelope of this recording, also of a refused one. Errors: those of the link, 500 for
// a message that is no JSON. REQUIRES: no other recording is in progress on `link`.
asio::awaitable<Result<StreamOutcome>> stream_recording(StreamLink& link, const StreamPlan& plan,
                                                        OnMessage on_message = {});

}  // namespace saywell::client
