#include <algorithm>
#include <cstring>
#include <utility>

#include "base/core_type.h"
#include "base/log.h"
#include "base/status_macros.h"
#include "format/json_text.h"
#include "server/recording/recording_service.h"
#include "server/recording/sample_container.h"
#include "wire/audio_front.h"

namespace saywell {
namespace {

using Clock = std::chrono::steady_clock;

std::span<const std::byte> as_bytes(std::string_view text) {
  return std::as_bytes(std::span(text.data(), text.size()));
}

// Bytes that are no known container; many clients call their samples "wav".
bool may_be_samples(const DeclaredAudio& audio) {
  return audio.type == "pcm" || audio.type == "wav";
}

}  // namespace

RecordingSession::RecordingSession(RecordingService& service, RecordingRequest recording_request,
                                   RecordingWriter writer, ApplicationLimits limits)
    : service_(service),
      recording_request_(std::move(recording_request)),
      limits_(std::move(limits)),
      writer_(std::move(writer)),
      id_(writer_->id()),
      started_(Clock::now()) {
  if (!recording_request_.extension.empty()) container_ = true;
}

RecordingSession::~RecordingSession() {
  if (partials_) partials_->end();
  if (!finished_) service_.rates_.release(recording_request_.options.caller.application_id);
}

const std::string& RecordingSession::id() const { return id_; }

Status RecordingSession::take(std::string_view bytes) {
  RETURN_IF_ERROR(writer_->append(as_bytes(bytes)));
  if (!writer_->stored()) bytes_.append(bytes);
  return Status();
}

// Samples become a WAV file: its head now, the lengths in it at the end.
Status RecordingSession::open_samples() {
  const double longest_s =
      longest_recording_s(recording_request_.options.request.core_type, limits_);
  const DeclaredAudio& audio = recording_request_.audio;
  const auto frame_bytes = static_cast<std::size_t>(audio.channels * audio.sample_bytes);
  max_sample_bytes_ = static_cast<std::size_t>(longest_s * audio.sample_rate_hz) * frame_bytes;
  RETURN_IF_ERROR(begin_listening());
  return take(wav_head(audio, 0));
}

bool RecordingSession::is_listened_to() const {
  return recording_request_.stop_at_silence ||
         (recording_request_.on_partial &&
          recording_request_.options.request.core_type == kRealTimeCoreType);
}

Status RecordingSession::begin_listening() {
  if (!is_listened_to()) return Status();
  const auto engine = service_.parts_.engine.get();
  if (!engine.ok()) return engine.status();
  engine_ = *engine;
  if (container_ == true) {
    ASSIGN_OR_RETURN(std::unique_ptr<LiveDecoder> decoder, service_.parts_.decoding.live());
    sound_ = sound_of_container(std::move(decoder));
  } else {
    ASSIGN_OR_RETURN(sound_, sound_of_samples(recording_request_.audio));
  }
  if (recording_request_.stop_at_silence) {
    end_of_speech_.emplace(*engine_->vad,
                           EndOfSpeechOptions{.silence_s = recording_request_.silence_s});
  }
  if (recording_request_.options.request.core_type == kRealTimeCoreType &&
      recording_request_.on_partial) {
    partials_ = service_.partial_results(id_, recording_request_, engine_);
  }
  return Status();
}

// Whoever listens hears what has just been taken.
Result<RecordingSession::Heard> RecordingSession::listen(std::string_view bytes) {
  if (!sound_) return Heard::kGoOn;
  const std::vector<float> samples = sound_->push(bytes);
  heard_samples_ += samples.size();
  if (partials_) partials_->push(samples);
  if (!end_of_speech_) return Heard::kGoOn;
  ASSIGN_OR_RETURN(const bool ended, end_of_speech_->push(samples));
  return ended ? Heard::kSilence : Heard::kGoOn;
}

// Tells samples from a container as soon as that is possible, or, at the end, as well as it is.
Status RecordingSession::decide_format(bool is_last) {
  if (container_) return Status();
  container_ = is_container(front_);
  if (!container_ && is_last) container_ = false;
  if (!container_) return Status();
  // Where no one said that these are samples, the decoder has the say.
  container_ = *container_ || recording_request_.bytes_are_whole ||
               !may_be_samples(recording_request_.audio);
  if (!*container_) return open_samples();
  Status named = writer_->set_extension(extension_of(front_));
  return named.ok() && !is_last ? begin_listening() : named;
}

Result<RecordingSession::Heard> RecordingSession::take_samples(std::string_view bytes) {
  const std::size_t room = max_sample_bytes_ - sample_bytes_;
  const bool full = bytes.size() >= room;
  bytes = bytes.substr(0, room);
  RETURN_IF_ERROR(take(bytes));
  sample_bytes_ += bytes.size();
  const Result<Heard> heard = listen(bytes);
  if (!heard.ok() || *heard == Heard::kSilence) return heard;
  return full ? Heard::kFull : Heard::kGoOn;
}

Result<RecordingSession::Heard> RecordingSession::take_container(std::string_view bytes) {
  RETURN_IF_ERROR(take(bytes));
  const Result<Heard> heard = listen(bytes);
  if (!heard.ok() || *heard == Heard::kSilence) return heard;
  const double longest_s =
      longest_recording_s(recording_request_.options.request.core_type, limits_);
  const bool full = static_cast<double>(heard_samples_) >= longest_s * kSampleRateHz;
  return full ? Heard::kFull : Heard::kGoOn;
}

Result<RecordingSession::Heard> RecordingSession::append(std::span<const std::byte> bytes) {
  std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  service_.parts_.metrics.count_bytes("audio", text.size());
  std::string joined;
  if (!container_) {
    front_.append(text);
    RETURN_IF_ERROR(decide_format(false));
    if (!container_) return Heard::kGoOn;
    joined = std::exchange(front_, {});
    text = joined;
  }
  return container_ == false ? take_samples(text) : take_container(text);
}

Status RecordingSession::overwrite(std::size_t offset, std::span<const std::byte> bytes) {
  const auto at = static_cast<std::int64_t>(offset);
  RETURN_IF_ERROR(writer_->overwrite(at, bytes));
  if (!writer_->stored()) {
    bytes_.replace(offset, bytes.size(), reinterpret_cast<const char*>(bytes.data()), bytes.size());
  }
  return Status();
}

Status RecordingSession::flush() { return writer_->flush(); }

Answer RecordingSession::give_up(const Status& why) {
  Answer answer{service_.refusal(id_, recording_request_, why), why};
  service_.parts_.metrics.count_assessment(recording_request_.options.request.core_type,
                                           why.number());
  const Status kept = writer_->keep_cut_short(why.code(), audio_ms_);
  if (!kept.ok()) {
    log_line(LogLevel::kError, "recording " + id_ + " not kept: " + kept.explanation());
  } else if (writer_->stored()) {
    service_.pending_results_.keep({id_, why.number(), json_text(answer.envelope)});
  }
  return answer;
}

double RecordingSession::audio_s() const {
  if (audio_ms_ > 0) return static_cast<double>(audio_ms_) / 1000;
  if (container_ == false) {
    const DeclaredAudio& audio = recording_request_.audio;
    return static_cast<double>(sample_bytes_) /
           (audio.sample_rate_hz * audio.channels * audio.sample_bytes);
  }
  return estimated_audio_s(static_cast<double>(writer_->bytes()), writer_->extension());
}

RecordingService::Work RecordingSession::work(bool stored) {
  RecordingService::Work work;
  work.id = id_;
  work.recording_request = recording_request_;
  work.recording_request.on_partial = {};
  work.limits = limits_;
  work.stored = stored;
  work.own_samples = container_ == false;
  work.bytes = std::move(bytes_);
  work.started = started_;
  work.ended = Clock::now();
  return work;
}

Status RecordingSession::finish(Answered answered) {
  if (!front_.empty()) {
    RETURN_IF_ERROR(decide_format(true));
    const std::string rest = std::exchange(front_, {});
    if (container_ == false) {
      if (const auto heard = take_samples(rest); !heard.ok()) return heard.status();
    } else if (Status taken = take(rest); !taken.ok()) {
      return taken;
    }
  }
  if (container_ == false) {
    const std::string head = wav_head(recording_request_.audio, sample_bytes_);
    RETURN_IF_ERROR(writer_->overwrite(0, as_bytes(head)));
    if (!writer_->stored()) bytes_.replace(0, head.size(), head);
  }
  const double duration_s = audio_s();
  const bool stored = writer_->stored();
  if (writer_->bytes() == 0) return Status(Code::kFileEmpty, "no audio arrived");
  if (stored) {
    const bool known = container_ == false || audio_ms_ > 0;
    const auto known_ms = static_cast<std::int64_t>(known ? duration_s * 1000 : 0);
    RETURN_IF_ERROR(writer_->complete(known_ms));
  }
  finished_ = true;
  if (partials_) partials_->end();
  RecordingService::Work done = work(stored);
  done.audio_s = duration_s;
  done.answered = std::move(answered);
  const auto own_ms = recording_request_.options.request.deadline_ms;
  const auto most_ms = static_cast<double>(service_.config().deadline_ms);
  const double deadline_ms = own_ms > 0 ? std::min(own_ms, most_ms) : most_ms;
  const auto deadline =
      done.ended + std::chrono::microseconds(static_cast<std::int64_t>(deadline_ms * 1000));
  service_.submit(std::move(done), deadline);
  return Status();
}

}  // namespace saywell
