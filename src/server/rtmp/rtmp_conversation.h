// What a client of the recording server and the server say to each other, without the socket:
// sign-in, publishing, the calls of 2011, play-back (docs/rtmp.md).
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "rtmp/server_session.h"
#include "server/authenticator.h"
#include "server/recording/recording_service.h"
#include "server/rtmp/rtmp_player.h"
#include "server/rtmp/rtmp_recording.h"
#include "server/rtmp/rtmp_request.h"

namespace saywell {

// What the system measured of a connection.
struct ConnectionFigures {
  double round_trip_ms = 0;
  double round_trip_spread_ms = 0;
  double down_kbit_per_s = 0;  // to the client, of what was sent lately
  double up_kbit_per_s = 0;    // from the client, since the connection was opened
  std::uint64_t received_bytes = 0, sent_bytes = 0;
};

// The connection, as the conversation sees it. Callable from any thread, at any time, also after
// the connection has gone.
struct RtmpOutlet {
  std::string client_address;
  // Runs on the connection's own thread, one after the other.
  std::function<void(std::function<void(rtmp::ServerSession&)>)> run;
  // Likewise, with what was measured up to then.
  std::function<void(std::function<void(rtmp::ServerSession&, const ConnectionFigures&)>)> measure;
};

// One connection's conversation. The on_… calls come one after the other, on threads that may wait
// for the disk. What the client gets to see goes through the outlet; results come later, from other
// threads. Whatever a client asks for, it is answered with a code, and the connection stays usable.
class RtmpConversation {
 public:
  // `service` and `authenticator` must outlive it.
  RtmpConversation(RecordingService& service, const Authenticator& authenticator, RtmpOutlet outlet)
      : service_(service), authenticator_(authenticator), outlet_(std::move(outlet)) {}

  // Any event but audio. Those that have to be answered were, through the outlet, when it returns.
  void on_event(rtmp::ServerEvent event);
  // Audio of streams that publish; that of others is passed over.
  void on_audio(const AudioBatch& batch);
  // About every 100 ms while wants_ticks(). `now_ms` of any clock that does not run back.
  void on_tick(std::int64_t now_ms);
  // The last call, however the connection ends: what was being recorded is finished.
  void on_close();

  // Readable from any thread.
  bool wants_ticks() const { return players_ > 0; }       // plays something
  bool wants_audio_soon() const { return wants_audio_; }  // a recording may stop by itself
  bool is_recording() const { return recordings_ > 0; }

 private:
  struct Slot {
    std::uint32_t stream_id = 0;
    std::unique_ptr<RtmpRecording> recording = nullptr;
    bool id_told = false;  // of `recording`
    std::unique_ptr<RtmpPlayer> player = nullptr;
  };

  void connect(const rtmp::ConnectRequest& request);
  void publish(const rtmp::PublishRequest& request);
  void accept(const rtmp::PublishRequest& request, std::unique_ptr<RtmpRecording> recording);
  void refuse(const rtmp::PublishRequest& request, const RecordingRequest& wanted,
              const Status& why);
  void play(const rtmp::PlayRequest& request);
  void pause(const rtmp::PauseRequest& request);
  void seek(const rtmp::SeekRequest& request);
  void close(const rtmp::StreamClosed& closed);
  void call(const rtmp::Call& call);

  void start_record(const rtmp::Call& call);
  void stop_record(const rtmp::Call& call);
  void start_replay(const rtmp::Call& call);
  void stop_replay(const rtmp::Call& call);
  void check_bandwidth(const rtmp::Call& call);
  void give_length(const rtmp::Call& call);
  void refuse_call(const rtmp::Call& call, const RecordingRequest& wanted, const Status& why);
  void refuse_call(const rtmp::Call& call, const Status& why);

  // authorize() for a recording of this connection.
  Status authorize_recording(RecordingRequest& wanted) const;
  Result<std::unique_ptr<RtmpPlayer>> open_player(const ReplayRequest& wanted);
  Access reader_of(const ReplayRequest& wanted) const;
  void begin_play(Slot& slot, const rtmp::PlayRequest& request, std::unique_ptr<RtmpPlayer> player);
  void finish(Slot& slot, std::string_view stop_type);
  void tell_record_id(Slot& slot);
  void fail(Slot& slot, const Status& why);
  void send_piece(Slot& slot, RtmpPlayer::Piece piece);

  Slot* slot_of(std::uint32_t stream_id);
  void count();

  RecordingService& service_;
  const Authenticator& authenticator_;
  const RtmpOutlet outlet_;
  std::string interface_;  // of the application connected to
  bool by_signature_ = false;
  Access access_;
  std::string user_id_;  // of connect, or of the last recording
  std::vector<Slot> slots_;
  std::vector<std::unique_ptr<RtmpRecording>> prepared_;  // by startRecord, not published yet
  std::int64_t now_ms_ = 0;
  std::atomic<int> players_{0};
  std::atomic<int> recordings_{0};
  std::atomic<bool> wants_audio_{false};
};

}  // namespace saywell
