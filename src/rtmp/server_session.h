// The server's end of one RTMP connection: bytes in, events out; calls that answer them, bytes out.
//
//   ServerSession session(limits, random_number);
//   for (;;) {
//     session.feed(bytes read from the socket);
//     for (;;) {
//       Result<std::optional<ServerEvent>> event = session.next();
//       if (!event.ok()) …send what take_output() gives, log event.status(), close…
//       if (!event->has_value()) break;
//       …std::visit it: store audio, decide, call accept_connect() and the like…
//     }
//     …send what take_output() gives; while session.out_of_work(), wait before reading on, call
//     allow_work() and next() again: the bytes fed last are not used up yet…
//   }
//
// No socket, no thread, no clock: deadlines (by phase()) and the pace of play-back are the
// caller's. The same bytes and calls give the same events and output however the bytes are cut. One
// thread at a time.
//
// Done without an event: handshake, chunk sizes, acknowledgements, ping, and the calls
// releaseStream, FCPublish, FCUnpublish, FCSubscribe, FCUnsubscribe, _checkbw. Video, shared
// objects and unknown message types are passed over without being stored.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "rtmp/handshake.h"
#include "rtmp/limits.h"
#include "rtmp/message_link.h"
#include "rtmp/server_event.h"
#include "saywell/status.h"

namespace saywell::rtmp {

class ServerSession {
 public:
  // For deadlines: what the peer has to do next.
  enum class Phase { kHandshake, kConnect, kOpen, kRejected };

  // `seed` fills the random bytes of the handshake; it need not be secret.
  ServerSession(const Limits& limits, std::uint64_t seed)
      : limits_(limits), handshake_(seed), link_(limits) {}

  // REQUIRES: the bytes fed before are used up. `bytes` must stay valid until they are in turn.
  void feed(ByteView bytes);

  // The next event; nothing when the bytes are used up, or when out_of_work(). Borrowed parts of an
  // event are valid until the next call. Code 40031 when the peer does not speak the protocol or
  // passed a limit that leaves no way on: the connection is to be closed, and every further call
  // answers the same.
  Result<std::optional<ServerEvent>> next();

  // The peer used up its work (Limits::work_per_s): next() waits for allow_work(), to be called
  // with the time that went by since the last such call.
  bool out_of_work() const { return link_.reader().out_of_work(); }
  void allow_work(std::int64_t elapsed_ms);

  // Swaps what is to be sent into `into`, whose memory is used again.
  void take_output(Bytes& into);
  std::size_t output_bytes() const { return link_.output().size(); }

  Phase phase() const { return phase_; }
  bool publishing() const;
  std::uint64_t received_bytes() const { return handshake_bytes_ + link_.reader().bytes_used(); }
  // What the peer says to have received, modulo 2^32 (0 until it says so), to measure its speed.
  std::uint32_t acknowledged_bytes() const { return link_.acknowledged_bytes(); }

  // Answers. `extra` goes into the info object. Answers to streams that were closed meanwhile write
  // nothing.
  void accept_connect(const ConnectRequest& request, const Amf0Object& extra = {});
  // The connection is to be closed once the output is sent; nothing comes from it any more.
  void reject_connect(const ConnectRequest& request, std::string_view description,
                      const Amf0Object& extra = {});
  void accept_publish(const PublishRequest& request, const Amf0Object& extra = {});
  // `code`: NetStream.Publish.BadName (the name is taken or bad), NetStream.Publish.Denied …
  void refuse_publish(const PublishRequest& request, std::string_view code,
                      std::string_view description, const Amf0Object& extra = {});

  // Play-back: begin_play(), then send_data() with onMetaData, send_audio() for every tag, at last
  // end_play().
  void begin_play(const PlayRequest& request);
  // `code`: NetStream.Play.StreamNotFound, NetStream.Play.Failed …
  void refuse_play(const PlayRequest& request, std::string_view code, std::string_view description,
                   const Amf0Object& extra = {});
  void send_audio(std::uint32_t stream_id, std::uint32_t timestamp_ms, ByteView payload);
  void send_data(std::uint32_t stream_id, std::uint32_t timestamp_ms,
                 const std::vector<Amf0Value>& values);
  // Ends play-back at the end of the recording, `end_ms` on the clock of its timestamps. The stream
  // can play again.
  void end_play(std::uint32_t stream_id, std::int64_t end_ms);
  // Ends it before, as asked for by a call such as stopReplay.
  void stop_play(std::uint32_t stream_id);
  void confirm_pause(const PauseRequest& request);
  void confirm_seek(const SeekRequest& request);
  void refuse_seek(const SeekRequest& request, std::string_view description);

  // Ends publishing from this side (recordLength reached): audio that still comes is dropped, and
  // the client is told NetStream.Unpublish.Success.
  void stop_publish(std::uint32_t stream_id);

  // onStatus on a stream; 0 = on the connection.
  void send_status(std::uint32_t stream_id, const StatusObject& status);
  // _result and _error; nothing is written when the call expects no answer.
  void reply(const Call& call, const Amf0Value& value);
  void reply_error(const Call& call, std::string_view code, std::string_view description,
                   const Amf0Object& extra = {});
  // A command of our own, such as onResult; `arguments` behind a null command object.
  void send_command(std::uint32_t stream_id, std::string_view name,
                    std::vector<Amf0Value> arguments);

 private:
  enum class Mode { kIdle, kPublishing, kPlaying };
  struct Stream {
    std::uint32_t id = 0;
    Mode mode = Mode::kIdle;
    TimestampUnwrapper clock;
  };
  using MaybeEvent = std::optional<ServerEvent>;

  Result<MaybeEvent> take_message(const Message& message);
  Result<MaybeEvent> take_command(std::uint32_t stream_id, Command command);
  Result<MaybeEvent> take_connect(Command command);
  MaybeEvent take_stream_command(Stream& stream, const Command& command);
  MaybeEvent take_publish(Stream& stream, const Command& command);
  MaybeEvent take_play(Stream& stream, const Command& command);
  MaybeEvent create_stream(const Command& command);
  MaybeEvent close_stream(std::uint32_t stream_id, bool remove);
  MaybeEvent take_audio(std::uint32_t stream_id, std::uint32_t timestamp_ms, ByteView payload);
  MaybeEvent next_of_aggregate();
  std::uint32_t stream_to_delete(const Command& command) const;
  bool answer_routine_call(std::uint32_t stream_id, const Command& command);

  Stream* find_stream(std::uint32_t id);
  void send_result(double transaction, std::vector<Amf0Value> values);
  void send_error(double transaction, const StatusObject& status);

  Limits limits_;
  Status failure_;
  Phase phase_ = Phase::kHandshake;
  ServerHandshake handshake_;
  ByteView handshake_input_;
  std::uint64_t handshake_bytes_ = 0;
  MessageLink link_;
  std::vector<Stream> streams_;
  std::int64_t work_rest_ = 0;  // thousandths of a unit

  // An aggregate message that is being taken apart.
  ByteView aggregate_;
  std::uint32_t aggregate_stream_id_ = 0;
  std::uint32_t aggregate_shift_ms_ = 0;
};

}  // namespace saywell::rtmp
