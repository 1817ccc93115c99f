// The client's end of one RTMP connection, for our own publisher and for tests: bytes in, events
// out, calls in between. The rules are those of ServerSession: no socket, no thread, no clock, the
// same result however the bytes are cut; one thread at a time.
//
// The sequence: HandshakeDone, connect(), its Reply, create_stream(), its Reply with the
// stream id, publish() or play(), a ServerStatus that starts it, audio.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "rtmp/handshake.h"
#include "rtmp/limits.h"
#include "rtmp/message_link.h"
#include "saywell/status.h"

namespace saywell::rtmp {

struct HandshakeDone {};

// _result or _error to the call with this transaction.
struct Reply {
  double transaction = 0;
  bool ok = false;
  std::vector<Amf0Value> values;  // of connect: properties, info; of createStream: null, stream id
};

// onStatus.
struct ServerStatus {
  std::uint32_t stream_id = 0;
  std::string code;
  Amf0Object info;  // the whole of it
};

// Any other command, such as onResult, and data messages by their name.
struct ServerCommand {
  std::uint32_t stream_id = 0;
  Command command;
};
struct ServerData {
  std::uint32_t stream_id = 0;
  std::uint32_t timestamp_ms = 0;
  std::vector<Amf0Value> values;
};

struct ServerAudio {
  std::uint32_t stream_id = 0;
  std::uint32_t timestamp_ms = 0;
  ByteView payload;  // valid until the next call of next()
};

struct StreamEnded {
  std::uint32_t stream_id = 0;
};

using ClientEvent = std::variant<HandshakeDone, Reply, ServerStatus, ServerCommand, ServerData,
                                 ServerAudio, StreamEnded>;

class ClientSession {
 public:
  // take_output() has the first bytes of the handshake at once.
  ClientSession(const Limits& limits, std::uint64_t seed);

  // As in ServerSession, with the same errors.
  void feed(ByteView bytes);
  Result<std::optional<ClientEvent>> next();
  void take_output(Bytes& into);
  bool out_of_work() const { return link_.reader().out_of_work(); }
  void allow_work(std::int64_t units) { link_.reader().allow_work(units); }

  // The calls below append to the output. REQUIRES: HandshakeDone has been received.

  // Both return the transaction that the Reply will carry. `extra` goes into the command object.
  double connect(std::string_view app, std::string_view tc_url, const Amf0Object& extra = {});
  double create_stream();
  // Any call; `arguments` behind a null command object.
  double call(std::string_view name, std::vector<Amf0Value> arguments);

  void publish(std::uint32_t stream_id, std::string_view name, std::string_view kind = "live");
  void play(std::uint32_t stream_id, std::string_view name, double start_ms = -2000);
  void pause(std::uint32_t stream_id, bool pause, double time_ms);
  void seek(std::uint32_t stream_id, double time_ms);
  void delete_stream(std::uint32_t stream_id);
  void send_audio(std::uint32_t stream_id, std::uint32_t timestamp_ms, ByteView payload);
  void send_data(std::uint32_t stream_id, const std::vector<Amf0Value>& values);

 private:
  using MaybeEvent = std::optional<ClientEvent>;

  MaybeEvent take_message(const Message& message);
  MaybeEvent take_command(std::uint32_t stream_id, Command command);
  double send_call(std::uint32_t stream_id, std::string_view name,
                   std::vector<Amf0Value> arguments);

  Limits limits_;
  Status failure_;
  bool handshaken_ = false;
  ClientHandshake handshake_;
  ByteView handshake_input_;
  MessageLink link_;
  double last_transaction_ = 0;
};

}  // namespace saywell::rtmp
