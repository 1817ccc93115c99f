// Play-back of one recording: returns the tags of its file that are due.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "rtmp/flv.h"
#include "store/recordings.h"

namespace saywell {

// One thread at a time, which may wait for the disk. The caller passes the time: any count of
// milliseconds that does not go back.
class RtmpPlayer {
 public:
  struct Range {
    std::int64_t start_ms = 0;
    std::int64_t stop_ms = -1;  // negative: to the end
  };
  struct Tag {
    std::uint32_t timestamp_ms = 0;
    rtmp::Bytes payload;
  };
  struct Piece {
    std::vector<Tag> tags;
    bool ended = false;  // nothing follows these tags
  };

  // Reads through the file once. Code 40003: no FLV, or without audio.
  static Result<RtmpPlayer> open(RecordingFile file, Range range);

  // The timestamp of the last audio tag. Players take it for the duration: rtmpdump calls a
  // play-back incomplete that ends before the announced duration.
  std::int64_t last_timestamp_ms() const { return last_timestamp_ms_; }
  // onMetaData's object, with that duration.
  rtmp::Amf0Object metadata() const;

  // The tags due at `now_ms`: kAheadMs of audio more than the time since the first call. An AAC
  // configuration from before the start comes first. At most kPieceBytes at a time. Code 40002
  // when the disk fails.
  Result<Piece> advance(std::int64_t now_ms);

  void pause(bool paused, std::int64_t now_ms);
  // False for a place behind the end; nothing changes then.
  bool seek(std::int64_t time_ms);

  static constexpr std::int64_t kAheadMs = 3000;
  static constexpr std::size_t kPieceBytes = 64 * 1024;

 private:
  explicit RtmpPlayer(RecordingFile file) : file_(std::move(file)) {}

  Status scan();
  Result<std::optional<rtmp::FlvTag>> next_tag();
  Result<bool> fetch();
  bool is_due(std::int64_t timestamp_ms, std::int64_t now_ms);
  void rewind();

  RecordingFile file_;
  rtmp::Amf0Object metadata_;
  std::int64_t last_timestamp_ms_ = 0;

  // Reading.
  rtmp::FlvReader reader_;
  rtmp::Bytes input_;
  std::int64_t offset_ = 0;
  std::optional<Tag> waiting_;  // read, and not due yet
  std::optional<Tag> config_;   // AAC's, read on the way to the start

  Range range_;
  struct PlayClock {
    bool running = false;
    std::int64_t timestamp_ms = 0;  // of the last tag sent
    std::int64_t shift_ms = 0;      // from the caller's clock to timestamps
  };
  PlayClock clock_;
  std::optional<std::int64_t> paused_at_ms_;
  bool at_end_ = false;
};

}  // namespace saywell
