// One recording that an RTMP client publishes: audio messages in, an FLV file in the store.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "rtmp/flv.h"
#include "server/recording/recording_service.h"
#include "server/rtmp/rtmp_request.h"

namespace saywell {

// Audio messages of one connection, in order, collected by the network's thread.
struct AudioBatch {
  struct Entry {
    std::uint32_t stream_id = 0;
    std::uint32_t timestamp_ms = 0;
    std::int64_t time_ms = 0;  // the same, not wrapped
    std::size_t size = 0;      // of its payload
  };
  std::vector<Entry> entries;
  rtmp::Bytes payloads;  // one behind the other

  void add(const rtmp::AudioMessage& message);
  bool empty() const { return entries.empty(); }
  void clear();
};

// One thread at a time, which may wait for the disk. If it is destroyed before finish() or
// give_up(), nothing of it is kept.
class RtmpRecording {
 public:
  enum class Heard { kGoOn, kEnough };  // recordLength, the longest of its coreType, or silence

  // Errors: as RecordingService::begin(), which also opens the decoder if silence may end it.
  static Result<std::unique_ptr<RtmpRecording>> begin(RecordingService& service,
                                                      RtmpRequest wanted);

  const std::string& id() const { return session_->id(); }
  const RecordingRequest& request() const { return session_->recording_request(); }
  // Whether its end may depend on the audio: then batches should come often.
  bool may_stop_by_itself() const { return request().stop_at_silence || length_asked_; }

  // Audio behind the end is ignored. Errors: as RecordingSession::append().
  Result<Heard> append(const AudioBatch::Entry& entry, rtmp::ByteView payload);

  // Call it after the entries of a batch: writes the collected bytes to the operating system.
  Status flush();

  // As RecordingSession::finish(); 40004 without audio.
  Status finish(Answered answered);
  // As RecordingSession::give_up().
  Answer give_up(const Status& why);

 private:
  // Collects the writer's output until flush(), and corrects it in the recording.
  class Collector final : public rtmp::FlvSink {
   public:
    explicit Collector(RecordingSession& session) : session_(session) {}
    Status append(rtmp::ByteView bytes) override;
    Status overwrite(std::uint64_t offset, rtmp::ByteView bytes) override;
    bool empty() const { return bytes_.empty(); }
    // Errors: as RecordingSession::append().
    Result<RecordingSession::Heard> pass_on();

   private:
    RecordingSession& session_;
    rtmp::Bytes bytes_;
  };

  RtmpRecording(std::unique_ptr<RecordingSession> session, std::int64_t longest_ms);

  void advance(std::int64_t time_ms);
  Result<Heard> pass_on();

  std::unique_ptr<RecordingSession> session_;
  Collector collector_;
  rtmp::FlvWriter writer_;
  const std::int64_t longest_ms_;
  bool length_asked_ = false;
  bool ended_ = false;
  bool begun_ = false;
  std::int64_t last_time_ms_ = 0;
  std::int64_t step_ms_ = 0;   // between the last two messages
  std::int64_t audio_ms_ = 0;  // from the first message to the last, without jumps
};

}  // namespace saywell
