#include "server/rtmp/rtmp_player.h"

#include <cstdlib>
#include <utility>

#include "base/status_macros.h"
#include "rtmp/command.h"

namespace saywell {
namespace {

constexpr std::size_t kReadBytes = 16 * 1024;
constexpr unsigned kAacFormat = 10;
constexpr std::int64_t kLongestStepMs = 10'000;

bool is_aac_config(rtmp::ByteView payload) {
  return payload.size() >= 2 && std::to_integer<unsigned>(payload[0]) >> 4 == kAacFormat &&
         payload[1] == std::byte{0};
}

}  // namespace

void RtmpPlayer::rewind() {
  reader_ = rtmp::FlvReader();
  input_.clear();
  offset_ = 0;
  waiting_.reset();
  config_.reset();
  clock_ = {};
  at_end_ = false;
}

// Borrowed data: valid until the next call. A file that is broken in the middle ends there.
Result<std::optional<rtmp::FlvTag>> RtmpPlayer::next_tag() {
  while (true) {
    const auto tag = reader_.next();
    if (!tag.ok()) return std::optional<rtmp::FlvTag>();
    if (tag->has_value()) return *tag;
    input_.resize(kReadBytes);
    ASSIGN_OR_RETURN(const std::size_t got, file_.read_at(offset_, input_));
    if (got == 0) return std::optional<rtmp::FlvTag>();
    input_.resize(got);
    offset_ += static_cast<std::int64_t>(got);
    reader_.feed(input_);
  }
}

Status RtmpPlayer::scan() {
  rewind();
  while (true) {
    const auto tag = next_tag();
    if (!tag.ok()) return tag.status();
    if (!tag->has_value()) break;
    if ((*tag)->type == rtmp::FlvTagType::kAudio) last_timestamp_ms_ = (*tag)->timestamp_ms;
    if ((*tag)->type != rtmp::FlvTagType::kScript) continue;
    const auto values = rtmp::parse_values((*tag)->data, rtmp::Limits());
    if (!values.ok() || values->size() < 2 || (*values)[1].object() == nullptr) continue;
    metadata_ = *(*values)[1].object();
  }
  if (reader_.audio_tags() == 0) {
    return Status(Code::kNotConvertible, "recordId",
                  "'" + file_.recording().id + "' is no FLV recording with audio");
  }
  return Status();
}

Result<RtmpPlayer> RtmpPlayer::open(RecordingFile file, Range range) {
  RtmpPlayer player(std::move(file));
  RETURN_IF_ERROR(player.scan());
  player.rewind();
  player.range_ = range;
  return player;
}

rtmp::Amf0Object RtmpPlayer::metadata() const {
  rtmp::Amf0Object metadata = metadata_;
  std::erase_if(metadata.members, [](const auto& member) { return member.first == "duration"; });
  metadata.ecma_array = true;
  metadata.add("duration", static_cast<double>(last_timestamp_ms_) / 1000.0);
  return metadata;
}

// Reads the next tag of the range into `waiting_`; false when there is none.
Result<bool> RtmpPlayer::fetch() {
  while (!waiting_) {
    const auto tag = next_tag();
    if (!tag.ok()) return tag.status();
    if (!tag->has_value()) return false;
    if ((*tag)->type != rtmp::FlvTagType::kAudio) continue;
    Tag audio{(*tag)->timestamp_ms, {(*tag)->data.begin(), (*tag)->data.end()}};
    if (audio.timestamp_ms >= range_.start_ms) {
      waiting_ = std::move(audio);
    } else if (is_aac_config(audio.payload)) {
      config_ = std::move(audio);
    }
  }
  return range_.stop_ms < 0 || waiting_->timestamp_ms <= range_.stop_ms;
}

bool RtmpPlayer::is_due(std::int64_t timestamp_ms, std::int64_t now_ms) {
  // A step that no pause explains is a clock that was set while it was recorded.
  const bool jumped = std::abs(timestamp_ms - clock_.timestamp_ms) > kLongestStepMs;
  if (!clock_.running || jumped) clock_ = {true, timestamp_ms, timestamp_ms - now_ms};
  return timestamp_ms <= now_ms + clock_.shift_ms + kAheadMs;
}

Result<RtmpPlayer::Piece> RtmpPlayer::advance(std::int64_t now_ms) {
  Piece piece;
  if (paused_at_ms_ || at_end_) return piece;
  std::size_t bytes = 0;
  while (bytes < kPieceBytes) {
    ASSIGN_OR_RETURN(const bool found, fetch());
    if (!found) {
      at_end_ = piece.ended = true;
      break;
    }
    if (!is_due(waiting_->timestamp_ms, now_ms)) break;
    clock_.timestamp_ms = waiting_->timestamp_ms;
    if (config_) {
      config_->timestamp_ms = waiting_->timestamp_ms;
      piece.tags.push_back(*std::move(config_));
      config_.reset();
    }
    bytes += waiting_->payload.size();
    piece.tags.push_back(*std::move(waiting_));
    waiting_.reset();
  }
  return piece;
}

void RtmpPlayer::pause(bool paused, std::int64_t now_ms) {
  if (paused && !paused_at_ms_) paused_at_ms_ = now_ms;
  if (!paused && paused_at_ms_) {
    clock_.shift_ms -= now_ms - *paused_at_ms_;
    paused_at_ms_.reset();
  }
}

bool RtmpPlayer::seek(std::int64_t time_ms) {
  if (time_ms < 0 || time_ms > last_timestamp_ms_) return false;
  rewind();
  range_.start_ms = time_ms;
  return true;
}

}  // namespace saywell
