#include "server/rtmp/rtmp_recording.h"

#include <algorithm>
#include <utility>

#include "base/status_macros.h"
#include "server/recording/sample_container.h"

namespace saywell {
namespace {

// A longer step is a clock that was set, not audio; a microphone that keeps silent pauses for less.
constexpr std::int64_t kLongestStepMs = 10'000;

}  // namespace

void AudioBatch::add(const rtmp::AudioMessage& message) {
  entries.push_back(
      {message.stream_id, message.timestamp_ms, message.time_ms, message.payload.size()});
  rtmp::append_bytes(payloads, message.payload);
}

void AudioBatch::clear() {
  entries.clear();
  payloads.clear();
}

Status RtmpRecording::Collector::append(rtmp::ByteView bytes) {
  rtmp::append_bytes(bytes_, bytes);
  return Status();
}

Status RtmpRecording::Collector::overwrite(std::uint64_t offset, rtmp::ByteView bytes) {
  return session_.overwrite(offset, bytes);
}

Result<RecordingSession::Heard> RtmpRecording::Collector::pass_on() {
  Result<RecordingSession::Heard> heard = session_.append(bytes_);
  bytes_.clear();
  return heard;
}

RtmpRecording::RtmpRecording(std::unique_ptr<RecordingSession> session, std::int64_t longest_ms)
    : session_(std::move(session)),
      collector_(*session_),
      writer_(collector_),
      longest_ms_(longest_ms) {}

Result<std::unique_ptr<RtmpRecording>> RtmpRecording::begin(RecordingService& service,
                                                            RtmpRequest wanted) {
  const std::string& application_id = wanted.recording.options.caller.application_id;
  ASSIGN_OR_RETURN(const ApplicationLimits limits, service.limits_of(application_id));
  const std::string& core_type = wanted.recording.options.request.core_type;
  auto longest_ms = static_cast<std::int64_t>(longest_recording_s(core_type, limits) * 1000);
  if (wanted.longest_ms > 0) longest_ms = std::min(longest_ms, wanted.longest_ms);
  const std::int64_t silence_ms =
      wanted.silence_ms > 0 ? wanted.silence_ms : service.config().end_of_speech_ms;
  wanted.recording.silence_s = static_cast<double>(silence_ms) / 1000;
  ASSIGN_OR_RETURN(std::unique_ptr<RecordingSession> session,
                   service.begin(std::move(wanted.recording)));
  std::unique_ptr<RtmpRecording> recording(new RtmpRecording(std::move(session), longest_ms));
  recording->length_asked_ = wanted.longest_ms > 0;
  RETURN_IF_ERROR(recording->writer_.open());
  return recording;
}

void RtmpRecording::advance(std::int64_t time_ms) {
  const std::int64_t step_ms = begun_ ? time_ms - last_time_ms_ : 0;
  begun_ = true;
  last_time_ms_ = time_ms;
  if (step_ms <= 0 || step_ms > kLongestStepMs) return;
  step_ms_ = step_ms;
  audio_ms_ += step_ms;
}

Result<RtmpRecording::Heard> RtmpRecording::append(const AudioBatch::Entry& entry,
                                                   rtmp::ByteView payload) {
  if (ended_) return Heard::kEnough;
  advance(entry.time_ms);
  if (audio_ms_ >= longest_ms_) {
    ended_ = true;
    return Heard::kEnough;
  }
  RETURN_IF_ERROR(writer_.write_audio(entry.timestamp_ms, payload));
  // The message in which the silence is long enough shall be the last.
  return request().stop_at_silence ? pass_on() : Heard::kGoOn;
}

Result<RtmpRecording::Heard> RtmpRecording::pass_on() {
  ASSIGN_OR_RETURN(const RecordingSession::Heard heard, collector_.pass_on());
  ended_ = heard != RecordingSession::Heard::kGoOn;
  return ended_ ? Heard::kEnough : Heard::kGoOn;
}

Status RtmpRecording::flush() {
  if (!collector_.empty()) {
    RETURN_IF_ERROR(pass_on());
  }
  return session_->flush();
}

Status RtmpRecording::finish(Answered answered) {
  Status done = flush();
  if (done.ok() && writer_.audio_tags() == 0) {
    done = Status(Code::kFileEmpty, "audio", "nothing was sent");
  }
  if (done.ok()) done = writer_.close();
  if (!done.ok()) return done;
  session_->set_audio_ms(audio_ms_ + step_ms_);
  return session_->finish(std::move(answered));
}

Answer RtmpRecording::give_up(const Status& why) {
  session_->set_audio_ms(audio_ms_ + step_ms_);
  return session_->give_up(why);
}

}  // namespace saywell
