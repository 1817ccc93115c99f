#include "server/recording/recording_service.h"

#include <algorithm>
#include <cmath>
#include <thread>
#include <utility>

#include "audio/media_to_pcm.h"
#include "base/core_type.h"
#include "base/log.h"
#include "base/status_macros.h"
#include "format/envelope_json.h"
#include "format/json_text.h"
#include "format/result_json.h"
#include "server/recording/sample_container.h"

namespace saywell {
namespace {

using Clock = std::chrono::steady_clock;

double ms_between(Clock::time_point begin, Clock::time_point end) {
  return std::chrono::duration<double, std::milli>(end - begin).count();
}

// A little more than any coreType takes, so that the assessor names what it takes.
constexpr double kLongestAssessed_s = 200;

ScoringPool::Options pool_options(const ServerConfig& config) {
  ScoringPool::Options options;
  options.threads = scoring_threads(config);
  options.max_waiting = static_cast<std::size_t>(config.queue_length);
  return options;
}

Status check_length(double duration_s, std::string_view core_type,
                    const ApplicationLimits& limits) {
  const double longest_s = longest_recording_s(core_type, limits);
  if (duration_s <= longest_s) return Status();
  return Status(Code::kBadParameter, "audio",
                "longer than the " + json_text(longest_s) + " s that the application may send");
}

Envelope envelope_of(const std::string& record_id, const RecordingRequest& recording_request,
                     std::int64_t now_ms) {
  Envelope envelope;
  envelope.record_id = record_id;
  envelope.caller = recording_request.options.caller;
  envelope.params = recording_request.params;
  envelope.timestamp_ms = now_ms;
  if (recording_request.options.attach_audio_url && recording_request.options.store) {
    envelope.audio_url = "/v1/recordings/" + record_id;
  }
  return envelope;
}

// The text chooses the coreType of a request that names none. One that cannot be read stays
// without: the assessment says what is wrong with it, after what is wrong with the audio.
void name_core_type(const Engine& engine, RequestOptions& options) {
  if (!options.request.core_type.empty() || options.record_only) return;
  std::size_t tokens = options.request.phones.size();
  if (tokens == 0) {
    const Result<ReferenceText> text = engine.read_text(options.request.ref_text);
    if (text.ok()) tokens = text->tokens.size();
  }
  const Result<CoreType> chosen = choose_core_type("", tokens);
  if (tokens > 0 && chosen.ok()) options.request.core_type = chosen->name;
}

NewRecording new_recording(const RecordingRequest& recording_request) {
  NewRecording wanted;
  wanted.asked_id = recording_request.asked_id;
  wanted.asked_id_or_made = recording_request.asked_id_or_made;
  wanted.interface_name = recording_request.interface_name;
  wanted.application_id = recording_request.options.caller.application_id;
  wanted.user_id = recording_request.options.caller.user_id;
  wanted.session_id = recording_request.options.caller.session_id;
  wanted.extension = recording_request.extension.empty() ? "wav" : recording_request.extension;
  wanted.request_json = json_text(recording_request.params);
  wanted.core_type = recording_request.options.request.core_type;
  wanted.to_be_assessed = !recording_request.options.record_only;
  wanted.store = recording_request.options.store;
  return wanted;
}

// What somebody who looks for a fault wants to see. Of a recording that is not to be stored the
// text is not written to the log either.
void log_begun(const std::string& id, const RequestOptions& options) {
  if (!log_enabled(LogLevel::kDebug)) return;
  const std::string& core_type = options.request.core_type;
  log_line(LogLevel::kDebug,
           "recording " + id + ": " + (core_type.empty() ? "none" : core_type) +
               (options.store ? ", text " + json_text(boost::json::value(options.request.ref_text))
                              : ", not stored"));
}

void log_concluded(const std::string& id, int code) {
  if (!log_enabled(LogLevel::kDebug)) return;
  log_line(LogLevel::kDebug, "recording " + id + ": code " + std::to_string(code));
}

}  // namespace

std::size_t scoring_threads(const ServerConfig& config) {
  return config.worker_threads > 0 ? static_cast<std::size_t>(config.worker_threads)
                                   : std::max(1U, std::thread::hardware_concurrency());
}

RecordingService::RecordingService(const Parts& parts)
    : parts_(parts),
      rates_([] { return Clock::now(); }),
      pending_results_(parts_.store.recordings()),
      pool_(pool_options(parts.config), [this](double waited_s, double ran_s) {
        parts_.metrics.observe_assessment(waited_s, ran_s);
      }) {}

Result<ApplicationLimits> RecordingService::limits_of(const std::string& application_id) const {
  return parts_.store.applications().limits_or_default(application_id, parts_.config.limits);
}

Result<std::unique_ptr<RecordingSession>> RecordingService::begin(
    RecordingRequest recording_request) {
  if (draining_) return Status(Code::kTimeout, "the server is shutting down");
  const auto engine = parts_.engine.get();
  if (!engine.ok()) return engine.status();
  name_core_type(**engine, recording_request.options);
  const std::string application_id = recording_request.options.caller.application_id;
  ASSIGN_OR_RETURN(ApplicationLimits limits, limits_of(application_id));
  recording_request.options.store = recording_request.options.store && limits.store;
  RETURN_IF_ERROR(rates_.take(application_id, limits));
  Result<RecordingWriter> writer =
      parts_.store.recordings().begin(new_recording(recording_request), limits);
  if (!writer.ok()) {
    rates_.release(application_id);
    return writer.status();
  }
  log_begun(writer->id(), recording_request.options);
  std::unique_ptr<RecordingSession> session(new RecordingSession(
      *this, std::move(recording_request), *std::move(writer), std::move(limits)));
  if (session->container_ == true) {
    RETURN_IF_ERROR(session->begin_listening());
  }
  return session;
}

boost::json::object RecordingService::refusal(const std::string& record_id,
                                              const RecordingRequest& recording_request,
                                              const Status& status) const {
  return envelope_to_json(envelope_of(record_id, recording_request, parts_.now()), status);
}

void RecordingService::submit(Work work, ScoringPool::Clock::time_point deadline) {
  if (work.recording_request.options.record_only) {
    boost::json::object envelope = envelope_to_json(
        envelope_of(work.id, work.recording_request, parts_.now()), boost::json::object());
    envelope.erase("result");  // none was asked for
    if (work.counted) rates_.release(work.recording_request.options.caller.application_id);
    work.answered({std::move(envelope), Status()});
    return;
  }
  auto shared = std::make_shared<Work>(std::move(work));
  pool_.submit({.cost_s = shared->audio_s,
                .deadline = deadline,
                .run = [this, shared](ScoringPool::Clock::time_point at) { compute(*shared, at); },
                .refuse = [this, shared](const Status& status) { refuse(*shared, status); }});
}

void RecordingService::submit_other(OtherWork work) {
  const Result<ApplicationLimits> limits = limits_of(work.application_id);
  if (!limits.ok()) return work.refuse(limits.status());
  if (Status taken = rates_.take(work.application_id, *limits); !taken.ok()) {
    return work.refuse(taken);
  }
  const auto deadline = Clock::now() + std::chrono::milliseconds(parts_.config.deadline_ms);
  const auto shared = std::make_shared<OtherWork>(std::move(work));
  pool_.submit({.cost_s = shared->cost_s,
                .deadline = deadline,
                .run =
                    [this, shared](ScoringPool::Clock::time_point) {
                      shared->run();
                      rates_.release(shared->application_id);
                    },
                .refuse =
                    [this, shared](const Status& status) {
                      rates_.release(shared->application_id);
                      shared->refuse(status);
                    },
                .is_assessment = false});
}

Result<std::string> RecordingService::bytes_of(const Work& work) const {
  ASSIGN_OR_RETURN(const RecordingFile file,
                   parts_.store.recordings().open_for_assessment(work.id));
  return file.read_whole();
}

// What came as samples lies in a WAV file of our own making; everything else is decoded outside.
Result<Recording> RecordingService::decode(const Work& work) const {
  Result<std::string> stored = std::string();
  if (work.stored) stored = bytes_of(work);
  if (!stored.ok()) return stored.status();
  const std::string& text = work.stored ? *stored : work.bytes;
  const std::span<const std::byte> bytes = std::as_bytes(std::span(text.data(), text.size()));
  if (work.own_samples) return media_bytes_to_pcm(bytes);
  return parts_.decoding.whole(bytes, kLongestAssessed_s);
}

std::shared_ptr<PartialResults> RecordingService::partial_results(
    const std::string& id, const RecordingRequest& recording_request,
    std::shared_ptr<const Engine> engine) {
  Envelope envelope = envelope_of(id, recording_request, 0);
  envelope.last = false;
  auto tell = [envelope, now = parts_.now,
               on_partial = recording_request.on_partial](auto result) mutable {
    envelope.timestamp_ms = now();
    on_partial(envelope_to_json(envelope, std::move(result)));
  };
  return std::make_shared<PartialResults>(pool_, std::move(engine),
                                          recording_request.options.request,
                                          recording_request.options.presentation, std::move(tell));
}

Result<Assessment> RecordingService::assess(const Work& work,
                                            ScoringPool::Clock::time_point deadline) const {
  const auto engine = parts_.engine.get();
  if (!engine.ok()) return engine.status();
  const Clock::time_point started = Clock::now();
  ASSIGN_OR_RETURN(Recording recording, decode(work));
  const std::string& core_type = work.recording_request.options.request.core_type;
  const double duration_s = recording.duration_s();
  if (Status short_enough = check_length(duration_s, core_type, work.limits); !short_enough.ok()) {
    return short_enough;
  }
  const Clock::time_point decoded = Clock::now();
  if (decoded >= deadline)
    return Status(Code::kTimeout, "the deadline passed while it was decoded");
  Request request = work.recording_request.options.request;
  request.deadline_ms = ms_between(decoded, deadline);
  Result<Assessment> assessment = (*engine)->assess(std::move(recording), request);
  if (assessment.ok()) assessment->computing_ms += ms_between(started, decoded);
  return assessment;
}

void RecordingService::compute(const Work& work, ScoringPool::Clock::time_point deadline) {
  const Result<Assessment> assessment = assess(work, deadline);
  if (!assessment.ok()) {
    refuse(work, assessment.status());
    return;
  }
  ResultTiming timing;
  timing.delay_ms = ms_between(work.ended, Clock::now());
  boost::json::object result =
      result_to_json(*assessment, work.recording_request.options.presentation, timing);
  parts_.metrics.count_assessment(assessment->core_type, 0);
  conclude(work,
           envelope_to_json(envelope_of(work.id, work.recording_request, parts_.now()),
                            std::move(result)),
           {.status = Status(), .audio_ms = std::llround(assessment->audio_ms)});
}

void RecordingService::refuse(const Work& work, const Status& status) {
  parts_.metrics.count_assessment(work.recording_request.options.request.core_type,
                                  status.number());
  conclude(work, refusal(work.id, work.recording_request, status), {.status = status});
}

void RecordingService::conclude(const Work& work, boost::json::object envelope,
                                const Conclusion& conclusion) {
  const auto& [status, audio_ms] = conclusion;
  log_concluded(work.id, status.number());
  // What the shutdown refuses stays queued: the next start computes it.
  const bool keep = work.stored && !(draining_ && status.code() == Code::kTimeout);
  if (keep) pending_results_.keep({work.id, status.number(), json_text(envelope), audio_ms});
  if (work.counted) rates_.release(work.recording_request.options.caller.application_id);
  if (work.answered) work.answered({std::move(envelope), status});
}

Result<RecordingService::Work> RecordingService::work_of(const StoredRecording& recording) const {
  ASSIGN_OR_RETURN(boost::json::object params, parse_json_object(recording.request_json));
  constexpr std::array<std::string_view, 2> kVadFields = {"vadEnable", "vadSilenceMs"};
  ASSIGN_OR_RETURN(RequestOptions options, request_from_json(params, kVadFields));
  options.caller.application_id = recording.application_id;
  options.caller.user_id = recording.user_id;
  options.caller.session_id = recording.session_id;
  options.request.core_type = recording.core_type;
  Result<ApplicationLimits> limits = limits_of(recording.application_id);
  Work work;
  work.id = recording.id;
  work.recording_request.options = std::move(options);
  work.recording_request.params = std::move(params);
  work.limits = limits.ok() ? *limits : parts_.config.limits;
  work.counted = false;
  work.audio_s = recording.duration_ms > 0
                     ? static_cast<double>(recording.duration_ms) / 1000
                     : estimated_audio_s(static_cast<double>(recording.bytes), recording.extension);
  work.started = work.ended = Clock::now();
  return work;
}

Result<std::size_t> RecordingService::resume_queued() {
  ASSIGN_OR_RETURN(const std::vector<StoredRecording> queued, parts_.store.recordings().queued());
  for (const StoredRecording& recording : queued) {
    Result<Work> work = work_of(recording);
    if (!work.ok()) {
      log_line(LogLevel::kError, "recording " + recording.id + ": " + work.status().explanation());
      continue;
    }
    // Nobody waits for these: one at a time, so that they leave room for those who do.
    const auto shared = std::make_shared<Work>(*std::move(work));
    compute(*shared, Clock::now() + std::chrono::milliseconds(parts_.config.deadline_ms));
    if (draining_) break;
  }
  return queued.size();
}

void RecordingService::drain(std::chrono::milliseconds patience) {
  draining_ = true;
  pool_.drain(patience);
}

}  // namespace saywell
