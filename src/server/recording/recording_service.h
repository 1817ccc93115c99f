// From audio bytes to a kept recording and its answer: the one way in for every protocol.
//
//   auto session = service.begin(recording_request);         // the record id exists from here on
//   session->append(bytes);                     // as often as they arrive
//   session->finish([](const Answer& answer) {…});  // ok: the recording is on the disk
//
// Storage is waited for: call from threads that may wait, never from those of the network.
#pragma once

#include <atomic>
#include <boost/json/object.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "base/wall_clock.h"
#include "config/server_config.h"
#include "format/request_json.h"
#include "saywell/status.h"
#include "server/metrics.h"
#include "server/rate_limits.h"
#include "server/recording/decoding.h"
#include "server/recording/engine.h"
#include "server/recording/live_audio.h"
#include "server/recording/partial_results.h"
#include "server/recording/pending_results.h"
#include "server/scoring_pool.h"
#include "signal/end_of_speech.h"
#include "store/store.h"
#include "wire/stream_command.h"

namespace saywell {

// What a recording is to be. The caller of `options` is the one that was signed in.
struct RecordingRequest {
  std::string asked_id;           // empty: one is made
  bool asked_id_or_made = false;  // an asked id that cannot be used is replaced by a made one
  std::string interface_name;     // part of its path: "assess", "stream", "aistream.enscore"
  RequestOptions options;
  boost::json::object params;    // the request as it came, given back with the answer
  DeclaredAudio audio;           // counts for samples without a container
  bool bytes_are_whole = false;  // one append() will bring a whole file: samples without a
                                 // container are then no recording (40003)
  std::string extension;         // of a container that the interface names; empty: by its content
  bool stop_at_silence = false;
  double silence_s = 1.5;
  // Told the envelopes with eof 0 of en.rltm.score, on any thread, none after finish(). Empty: the
  // interface has no way to send them.
  std::function<void(const boost::json::object& envelope)> on_partial;
};

// The envelope, and the status in it (ok: a result, or nothing was asked for). Given once, on any
// thread.
struct Answer {
  boost::json::object envelope;
  Status status;
};
using Answered = std::function<void(const Answer& answer)>;

class RecordingSession;

// Threads of the scoring pool.
std::size_t scoring_threads(const ServerConfig& config);

// Thread-safe. Everything handed to it must outlive it; it must outlive its sessions.
class RecordingService {
 public:
  struct Parts {
    const ServerConfig& config;
    Store& store;
    const EngineSlot& engine;
    Metrics& metrics;
    WallClock now;
    Decoding decoding;
  };

  explicit RecordingService(const Parts& parts);

  // Errors: 40031 as Recordings::begin() · 40051 no models · 503 a limit of the application, or the
  // shutdown.
  Result<std::unique_ptr<RecordingSession>> begin(RecordingRequest recording_request);

  // The envelope around a refusal of what did not become a recording, or of one.
  boost::json::object refusal(const std::string& record_id,
                              const RecordingRequest& recording_request,
                              const Status& status) const;

  // Other computing for an application than assessing, within the same limits and queue. One of the
  // two is called, once, as ScoringPool says; `refuse` with 503.
  struct OtherWork {
    std::string application_id;
    double cost_s = 0;  // as ScoringPool::Job
    std::function<void()> run;
    std::function<void(const Status& status)> refuse;
  };
  void submit_other(OtherWork work);

  // Computes what was whole, but not assessed, when the server ended. Returns how many.
  Result<std::size_t> resume_queued();

  // No new recordings; what is stored and not yet computed stays queued for the next start. Returns
  // when what ran has ended, at most after `patience`.
  void drain(std::chrono::milliseconds patience);

  bool draining() const { return draining_; }
  ScoringPool::Load load() const { return pool_.load(); }
  const ServerConfig& config() const { return parts_.config; }
  Store& store() const { return parts_.store; }
  // Who looks for a result should have those kept first that the store could not take.
  void keep_pending_results() { pending_results_.try_again(); }
  const EngineSlot& engine() const { return parts_.engine; }
  const Decoding& decoding() const { return parts_.decoding; }
  Result<ApplicationLimits> limits_of(const std::string& application_id) const;

 private:
  friend class RecordingSession;

  // A whole recording on its way through the pool.
  struct Work {
    std::string id;
    RecordingRequest recording_request;
    ApplicationLimits limits;
    bool stored = true;
    bool own_samples = false;                              // a WAV file that was written here
    bool counted = true;                                   // against the application's limits
    std::string bytes;                                     // when not stored
    double audio_s = 0;                                    // or an estimate
    std::chrono::steady_clock::time_point started, ended;  // of the recording
    Answered answered;
  };

  void submit(Work work, ScoringPool::Clock::time_point deadline);
  void compute(const Work& work, ScoringPool::Clock::time_point deadline);
  Result<Assessment> assess(const Work& work, ScoringPool::Clock::time_point deadline) const;
  Result<std::string> bytes_of(const Work& work) const;
  Result<Recording> decode(const Work& work) const;
  std::shared_ptr<PartialResults> partial_results(const std::string& id,
                                                  const RecordingRequest& recording_request,
                                                  std::shared_ptr<const Engine> engine);
  struct Conclusion {
    Status status;
    std::int64_t audio_ms = 0;  // 0: not known
  };
  void conclude(const Work& work, boost::json::object envelope, const Conclusion& conclusion);
  void refuse(const Work& work, const Status& status);
  Result<Work> work_of(const StoredRecording& recording) const;

  const Parts parts_;
  RateLimits rates_;
  PendingResults pending_results_;
  std::atomic<bool> draining_{false};
  ScoringPool pool_;  // last: its threads use all above
};

// One recording while it arrives. One thread at a time. Without finish() nothing of it stays.
class RecordingSession {
 public:
  enum class Heard {
    kGoOn,
    kSilence,  // stop_at_silence: the speech has ended
    kFull      // the longest recording of its coreType; further samples are not taken
  };

  ~RecordingSession();
  RecordingSession(const RecordingSession&) = delete;
  RecordingSession& operator=(const RecordingSession&) = delete;

  const std::string& id() const;
  const RecordingRequest& recording_request() const { return recording_request_; }

  // Errors: as RecordingWriter::append().
  Result<Heard> append(std::span<const std::byte> bytes);

  // For containers whose head names their length. REQUIRES: recording_request().extension is given,
  // and the range lies within what was appended. Errors: as append().
  Status overwrite(std::size_t offset, std::span<const std::byte> bytes);

  // Hands what was collected to the operating system, for a process that is killed. Errors: as
  // append().
  Status flush();

  // How long an encoded recording lasts, where the caller knows; else it is estimated.
  void set_audio_ms(std::int64_t audio_ms) { audio_ms_ = audio_ms; }

  // The recording is over. Ok: it is on the disk (if it is stored at all), and `answered` will be
  // called, perhaps before this returns. Errors: as RecordingWriter::complete(), 40004 nothing
  // arrived; `answered` is then not called.
  Status finish(Answered answered);

  // The recording cannot be finished: what arrived is kept as cut short, and `why` is its answer,
  // which comes back. Nothing may be called after it.
  Answer give_up(const Status& why);

 private:
  friend class RecordingService;
  RecordingSession(RecordingService& service, RecordingRequest recording_request,
                   RecordingWriter writer, ApplicationLimits limits);

  Status open_samples();
  Status decide_format(bool is_last);
  Result<Heard> take_samples(std::string_view bytes);
  Result<Heard> take_container(std::string_view bytes);
  bool is_listened_to() const;
  Status begin_listening();
  Result<Heard> listen(std::string_view bytes);
  RecordingService::Work work(bool stored);
  Status take(std::string_view bytes);
  double audio_s() const;

  RecordingService& service_;
  const RecordingRequest recording_request_;
  const ApplicationLimits limits_;
  std::optional<RecordingWriter> writer_;  // none after finish()
  const std::string id_;
  std::string front_;  // until samples and container can be told apart
  std::optional<bool> container_;
  std::string bytes_;                     // of a recording that is not stored
  std::int64_t audio_ms_ = 0;             // as told by set_audio_ms()
  std::unique_ptr<LiveAudio> sound_;      // none: nobody listens while it arrives
  std::shared_ptr<const Engine> engine_;  // likewise
  std::optional<EndOfSpeech> end_of_speech_;
  std::shared_ptr<PartialResults> partials_;
  std::size_t heard_samples_ = 0;  // of `sound_`
  std::size_t sample_bytes_ = 0;   // taken
  std::size_t max_sample_bytes_ = 0;
  bool finished_ = false;
  const std::chrono::steady_clock::time_point started_;
};

}  // namespace saywell
