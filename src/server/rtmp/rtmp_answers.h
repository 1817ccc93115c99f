// What RTMP clients are told: onStatus with a code of the status table, and onResult with the
// envelope as JSON.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "server/recording/recording_service.h"
#include "server/rtmp/rtmp_conversation.h"

namespace saywell {

inline constexpr int kBandwidthMeasured = 50108;
inline constexpr int kResultArrived = 50200;
inline constexpr int kReplayStopped = 50302;
inline constexpr int kReplayStarted = 50303;
inline constexpr int kRecordStopped = 50300;
inline constexpr int kRecordIdGiven = 50304;

// {level: "status", code: "50304", description: the table's sentence}. REQUIRES: a code of the
// client's family, 5xxxx.
rtmp::StatusObject coded_status(int code);

// {errID, field}: what a refusal adds to an information object. REQUIRES: !why.ok().
rtmp::Amf0Object refusal_members(const Status& why);

void send_status(const RtmpOutlet& outlet, std::uint32_t stream_id, rtmp::StatusObject status);

// onStatus 50200 or the errID, then onResult. A record-only envelope has neither result nor errID,
// and only onResult.
void send_answer(const RtmpOutlet& outlet, std::uint32_t stream_id, const Answer& answer);

// The answer to a request that did not become a recording.
Answer service_refusal(const RecordingService& service, const RecordingRequest& wanted,
                       const Status& why);

// Holds an answer back, from whichever thread it comes, until what goes before it was sent.
class HeldAnswer {
 public:
  HeldAnswer(RtmpOutlet outlet, std::uint32_t stream_id)
      : outlet_(std::move(outlet)), stream_id_(stream_id) {}
  void give(const Answer& answer);
  void release();

 private:
  const RtmpOutlet outlet_;
  const std::uint32_t stream_id_;
  std::mutex mutex_;
  bool released_ = false;          // guarded by mutex_
  std::optional<Answer> waiting_;  // likewise
};

}  // namespace saywell
