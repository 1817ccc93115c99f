// The server's end of one RTMP connection. It turns bytes into events, and answering calls into
// bytes.
//
//   ServerSession session(limits, random_number);
//   for (;;) {
//     session.feed(bytes read from the socket);
//     for (;;) {
//       Result<std::optional<ServerEvent>> event = session.next();
//       if (!event.ok()) …send take_output(), log event.status(), close…
//       if (!event->has_value()) break;
//       …std::visit it: store audio, decide, call accept_connect() and the like…
//     }
//     …send take_output(); while session.out_of_work(), wait before you read on, then call
//     allow_work() and next() again: the last bytes are not used up yet…
//   }
//
// No socket, no thread, no clock: the caller keeps deadlines (by phase()) and the pace of
// play-back. The same bytes and calls give the same events and output however the bytes are cut.
// One thread at a time.
//
// Handled without an event: handshake, chunk sizes, acknowledgements, ping, and the calls
// releaseStream, FCPublish, FCUnpublish, FCSubscribe, FCUnsubscribe, _checkbw. Video, shared
// objects and unknown message types are skipped without being stored.
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
  // For deadlines: the peer's next duty.
  enum class Phase { kHandshake, kConnect, kOpen, kRejected };

  // `seed` fills the random bytes of the handshake; it need not be secret.
  ServerSession(const Limits& limits, std::uint64_t seed)
      : limits_(limits), handshake_(seed), link_(limits) {}

  // REQUIRES: the previous bytes are used up. `bytes` must stay valid until they are used up in
  // turn.
  void feed(ByteView bytes);

  // The next event; nothing when the bytes are used up, or when out_of_work(). Borrowed parts of an
  // event are valid until the next call. Code 40031 when the peer does not follow the protocol or
  // exceeds a limit beyond repair: close the connection; every further call returns the same.
  Result<std::optional<ServerEvent>> next();

  // The peer used up its work (Limits::work_per_s): next() waits for allow_work(). Pass it the time
  // since the last such call.
  bool out_of_work() const { return link_.reader().out_of_work(); }
  void allow_work(std::int64_t elapsed_ms);

  // Swaps the output into `into`, whose memory is used again.
  void take_output(Bytes& into);
  std::size_t output_bytes() const { return link_.output().size(); }

  Phase phase() const { return phase_; }
  bool publishing() const;
  std::uint64_t received_bytes() const { return handshake_bytes_ + link_.reader().bytes_used(); }
  // The number of bytes that the peer acknowledged, modulo 2^32 (0 at first), to measure its speed.
  std::uint32_t acknowledged_bytes() const { return link_.acknowledged_bytes(); }

  // Answers. `extra` is added to the info object. Answers to streams that were closed meanwhile
  // write nothing.
  void accept_connect(const ConnectRequest& request, const Amf0Object& extra = {});
  // Close the connection once the output is sent; it reports no more events.
  void reject_connect(const ConnectRequest& request, std::string_view description,
                      const Amf0Object& extra = {});
  void accept_publish(const PublishRequest& request, const Amf0Object& extra = {});
  // `code`: NetStream.Publish.BadName (the name is taken or bad), NetStream.Publish.Denied …
  void refuse_publish(const PublishRequest& request, std::string_view code,
                      std::string_view description, const Amf0Object& extra = {});

  // Play-back: begin_play(), then send_data() with onMetaData, send_audio() for every tag, finally
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
  // Ends it earlier, on a call such as stopReplay.
  void stop_play(std::uint32_t stream_id);
  void confirm_pause(const PauseRequest& request);
  void confirm_seek(const SeekRequest& request);
  void refuse_seek(const SeekRequest& request, std::string_view description);

  // Ends publishing from this side (recordLength reached): audio that still arrives is dropped, and
  // the client receives NetStream.Unpublish.Success.
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

  // An aggregate message that is being read.
  ByteView aggregate_;
  std::uint32_t aggregate_stream_id_ = 0;
  std::uint32_t aggregate_shift_ms_ = 0;
};

}  // namespace saywell::rtmp
