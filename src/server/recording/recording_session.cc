#include <algorithm>
#include <cstring>
#include <utility>

#include "base/log.h"
#include "format/json_text.h"
#include "http/audio_front.h"
#include "server/recording/recording_service.h"
#include "server/recording/sample_container.h"

namespace saywell {
namespace {

using Clock = std::chrono::steady_clock;

std::span<const std::byte> as_bytes(std::string_view text) {
  return std::as_bytes(std::span(text.data(), text.size()));
}

}  // namespace

RecordingSession::RecordingSession(RecordingService& service, RecordingWish wish,
                                   RecordingWriter writer, ApplicationLimits limits)
    : service_(service),
      wish_(std::move(wish)),
      limits_(std::move(limits)),
      writer_(std::move(writer)),
      id_(writer_->id()),
      started_(Clock::now()) {
  if (!wish_.extension.empty()) container_ = true;
}

RecordingSession::~RecordingSession() {
  if (!finished_) service_.rates_.release(wish_.options.caller.application_id);
}

const std::string& RecordingSession::id() const { return id_; }

Status RecordingSession::take(std::string_view bytes) {
  if (Status taken = writer_->append(as_bytes(bytes)); !taken.ok()) return taken;
  if (!writer_->stored()) bytes_.append(bytes);
  return Status();
}

// Samples become a WAV file: its head now, the lengths in it at the end.
Status RecordingSession::open_samples() {
  const double longest_s = longest_recording_s(wish_.options.request.core_type, limits_);
  const DeclaredAudio& audio = wish_.audio;
  const auto frame_bytes = static_cast<std::size_t>(audio.channels * audio.sample_bytes);
  max_sample_bytes_ = static_cast<std::size_t>(longest_s * audio.sample_rate_hz) * frame_bytes;
  if (wish_.stop_at_silence) {
    const auto engine = service_.parts_.engine.get();
    if (!engine.ok()) return engine.status();
    auto listener = LiveListener::open((*engine)->vad, audio, wish_.silence_s);
    if (!listener.ok()) return listener.status();
    listener_ = *std::move(listener);
  }
  return take(wav_head(audio, 0));
}

// Tells samples from a container as soon as that is possible, or, at the end, as well as it is.
Status RecordingSession::decide_format(bool is_last) {
  if (container_) return Status();
  container_ = is_container(front_);
  if (!container_ && is_last) container_ = false;
  if (container_ != false) return Status();
  if (wish_.bytes_are_whole) {  // no one said that these were samples: the decoder has the say
    container_ = true;
    return Status();
  }
  return open_samples();
}

Result<RecordingSession::Heard> RecordingSession::take_samples(std::string_view bytes) {
  const std::size_t room = max_sample_bytes_ - sample_bytes_;
  const bool full = bytes.size() >= room;
  bytes = bytes.substr(0, room);
  if (Status taken = take(bytes); !taken.ok()) return taken;
  sample_bytes_ += bytes.size();
  if (listener_) {
    const Result<bool> ended = listener_->push(bytes);
    if (!ended.ok()) return ended.status();
    if (*ended) return Heard::kSilence;
  }
  return full ? Heard::kFull : Heard::kGoOn;
}

Result<RecordingSession::Heard> RecordingSession::append(std::span<const std::byte> bytes) {
  std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  service_.parts_.metrics.count_bytes("audio", text.size());
  std::string joined;
  if (!container_) {
    front_.append(text);
    if (Status decided = decide_format(false); !decided.ok()) return decided;
    if (!container_) return Heard::kGoOn;
    joined = std::exchange(front_, {});
    text = joined;
  }
  if (container_ == false) return take_samples(text);
  if (Status taken = take(text); !taken.ok()) return taken;
  return Heard::kGoOn;
}

Status RecordingSession::overwrite(std::size_t offset, std::span<const std::byte> bytes) {
  const auto at = static_cast<std::int64_t>(offset);
  if (Status done = writer_->overwrite(at, bytes); !done.ok()) return done;
  if (!writer_->stored()) {
    bytes_.replace(offset, bytes.size(), reinterpret_cast<const char*>(bytes.data()), bytes.size());
  }
  return Status();
}

Status RecordingSession::flush() { return writer_->flush(); }

Answer RecordingSession::give_up(const Status& why) {
  Answer answer{service_.refusal(id_, wish_, why), why.number()};
  service_.parts_.metrics.count_assessment(wish_.options.request.core_type, why.number());
  Status kept = writer_->keep_cut_short(why.code(), audio_ms_);
  if (kept.ok() && writer_->stored()) {
    Recordings& recordings = service_.store().recordings();
    kept = recordings.keep_result(id_, why.number(), json_text(answer.envelope));
  }
  if (!kept.ok() && kept.code() != Code::kFileMissing) {
    log_line(LogLevel::kError, "recording " + id_ + " not kept: " + kept.detail());
  }
  return answer;
}

double RecordingSession::audio_s() const {
  if (audio_ms_ > 0) return static_cast<double>(audio_ms_) / 1000;
  if (container_ == false) {
    const DeclaredAudio& audio = wish_.audio;
    return static_cast<double>(sample_bytes_) /
           (audio.sample_rate_hz * audio.channels * audio.sample_bytes);
  }
  return estimated_audio_s(static_cast<double>(writer_->bytes()), wish_.extension);
}

Status RecordingSession::finish(Answered answered) {
  if (!front_.empty()) {
    if (Status decided = decide_format(true); !decided.ok()) return decided;
    const std::string rest = std::exchange(front_, {});
    if (container_ == false) {
      if (const auto heard = take_samples(rest); !heard.ok()) return heard.status();
    } else if (Status taken = take(rest); !taken.ok()) {
      return taken;
    }
  }
  if (container_ == false) {
    const std::string head = wav_head(wish_.audio, sample_bytes_);
    if (Status done = writer_->overwrite(0, as_bytes(head)); !done.ok()) return done;
    if (!writer_->stored()) bytes_.replace(0, head.size(), head);
  }
  const double duration_s = audio_s();
  const bool stored = writer_->stored();
  if (writer_->bytes() == 0) return Status(Code::kFileEmpty, "no audio arrived");
  if (stored) {
    const bool known = container_ == false || audio_ms_ > 0;
    const auto known_ms = static_cast<std::int64_t>(known ? duration_s * 1000 : 0);
    if (Status done = writer_->complete(known_ms); !done.ok()) return done;
  }
  finished_ = true;
  RecordingService::Work work{id_,          wish_,
                              limits_,      stored,
                              true,         std::move(bytes_),
                              duration_s,   started_,
                              Clock::now(), std::move(answered)};
  const auto own_ms = wish_.options.request.deadline_ms;
  const auto most_ms = static_cast<double>(service_.config().deadline_ms);
  const double deadline_ms = own_ms > 0 ? std::min(own_ms, most_ms) : most_ms;
  const auto deadline =
      work.ended + std::chrono::microseconds(static_cast<std::int64_t>(deadline_ms * 1000));
  service_.submit(std::move(work), deadline);
  return Status();
}

}  // namespace saywell
