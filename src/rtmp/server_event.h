// Events of a client of the recording server, reported by ServerSession. Plain values; only
// AudioMessage::payload is borrowed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "rtmp/amf0.h"
#include "rtmp/command.h"
#include "saywell/status.h"

namespace saywell::rtmp {

// Answer with accept_connect() or reject_connect() before you ask for the next event.
struct ConnectRequest {
  double transaction = 1;
  std::string app;    // "v1.1/aistream.enscore", without its query
  std::string query;  // of the application name, or else of tcUrl; not decoded
  std::string tc_url;
  double object_encoding = 0;   // 3: the client asks for AMF3; it is answered 0
  Amf0Object object;            // the whole command object
  std::vector<Amf0Value> more;  // arguments behind it
};

// createStream; already answered.
struct StreamCreated {
  std::uint32_t stream_id = 0;
};

// Answer with accept_publish() or refuse_publish(). Audio is reported only once it is accepted.
struct PublishRequest {
  std::uint32_t stream_id = 0;
  std::string name;   // without its query; may be empty and hold any bytes
  std::string query;  // not decoded
  std::string kind;   // "live", "record", "append"; empty: not given
};

// Answer with begin_play() or refuse_play().
struct PlayRequest {
  std::uint32_t stream_id = 0;
  std::string name;
  std::string query;
  double start_ms = -2000;     // -2000 or -1000: from the start
  double duration_ms = -1000;  // negative: to the end
  bool reset = true;
};

// Answer with confirm_pause().
struct PauseRequest {
  std::uint32_t stream_id = 0;
  bool pause = true;  // false: continue
  double time_ms = 0;
};

// Answer with confirm_seek() or refuse_seek().
struct SeekRequest {
  std::uint32_t stream_id = 0;
  double time_ms = 0;
};

// deleteStream, closeStream or publish(false). Needs no answer; after `deleted` the id may be used
// again.
struct StreamClosed {
  std::uint32_t stream_id = 0;
  bool was_publishing = false;
  bool was_playing = false;
  bool deleted = false;
};

// Any other command, such as startRecord, getStreamLength or an unknown one. May be answered with
// reply() or reply_error(), or ignored; it is never a reason to end a connection.
struct Call {
  std::uint32_t stream_id = 0;
  Command command;  // command.transaction 0: no answer is expected
};

// Audio of a publisher.
struct AudioMessage {
  std::uint32_t stream_id = 0;
  std::uint32_t timestamp_ms = 0;  // as sent; wraps
  std::int64_t time_ms = 0;        // without wraps; may step back or jump
  ByteView payload;  // FLV audio data with its first byte; empty = silence (Enhanced RTMP)
};

// A data message such as "@setDataFrame", "onMetaData", {…}; may be ignored.
struct DataMessage {
  std::uint32_t stream_id = 0;
  std::uint32_t timestamp_ms = 0;
  std::vector<Amf0Value> values;
};

// A command, data or audio message that could not be used, and the reason. For the log.
struct IgnoredMessage {
  std::uint32_t stream_id = 0;
  Status why;
};

using ServerEvent =
    std::variant<ConnectRequest, StreamCreated, PublishRequest, PlayRequest, PauseRequest,
                 SeekRequest, StreamClosed, Call, AudioMessage, DataMessage, IgnoredMessage>;

}  // namespace saywell::rtmp
