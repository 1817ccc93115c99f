#include "decode_sandbox/decoder_pool.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "base/log.h"
#include "base/status_macros.h"
#include "base/threads/mutex.h"

namespace saywell {

using decoder::HelperProcess;
using decoder::Message;
using decoder::MessageKind;
using decoder::Outcome;

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kPieceBytes = 256 * 1024;
constexpr std::size_t kMaxLiveBacklogBytes = 4'000'000;
constexpr std::chrono::milliseconds kLivePatience{100};
constexpr std::size_t kMaxSamples = 3601UL * kSampleRateHz;  // of DecodeLimits and some reserve
constexpr std::size_t kMaxEnding = 16;

Status broken(const std::string& why) { return Status(Code::kNotConvertible, "audio", why); }

// One whole recording, decoded by a helper.
class WholeDecoding {
 public:
  WholeDecoding(HelperProcess& helper, std::span<const std::byte> bytes, double max_duration_s)
      : helper_(helper), rest_(reinterpret_cast<const char*>(bytes.data()), bytes.size()) {
    helper_.send(decoder::packed(MessageKind::kWhole, decoder::limit_text(max_duration_s)));
  }

  // The helper's outcome; an error when the helper sent none.
  Result<Outcome> run(std::chrono::milliseconds timeout) {
    const Clock::time_point end = Clock::now() + timeout;
    while (true) {
      feed();
      const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now());
      if (left.count() <= 0) {
        return broken("decoding it was given up after " + std::to_string(timeout.count()) + " ms");
      }
      if (!helper_.exchange(left)) {
        helper_gone_ = true;
        return broken("the decoder broke down on it");
      }
      while (std::optional<Message> message = helper_.next()) {
        if (message->kind == MessageKind::kOutcome) return ended(*message);
        if (!take_samples(*message)) return broken("the decoder broke down on it");
      }
    }
  }

  std::vector<float> samples() && { return std::move(samples_); }
  bool helper_gone() const { return helper_gone_; }

 private:
  void feed() {
    if (ended_ || helper_.unsent() >= kPieceBytes) return;
    const std::string_view piece = rest_.substr(0, kPieceBytes);
    rest_.remove_prefix(piece.size());
    ended_ = piece.empty();
    helper_.send(ended_ ? decoder::packed(MessageKind::kEnd)
                        : decoder::packed(MessageKind::kData, piece));
  }

  bool take_samples(const Message& message) {
    if (message.kind != MessageKind::kSamples) return false;
    const auto samples = decoder::read_samples(message.payload);
    if (!samples || samples_.size() + samples->size() > kMaxSamples) return false;
    samples_.insert(samples_.end(), samples->begin(), samples->end());
    return true;
  }

  static Result<Outcome> ended(const Message& message) {
    std::optional<Outcome> outcome = decoder::read_outcome(message.payload);
    if (!outcome) return broken("the decoder broke down on it");
    return *std::move(outcome);
  }

  HelperProcess& helper_;
  std::string_view rest_;
  bool ended_ = false;
  bool helper_gone_ = false;
  std::vector<float> samples_;
};

}  // namespace

DecoderPool::DecoderPool(const Options& options) : options_(options) {
  while (idle_.size() < options_.kept_idle) {
    Result<Helper> helper = HelperProcess::start(options_.limits);
    if (!helper.ok()) {  // the first recordings will report it
      log_line(LogLevel::kError, helper.status().explanation());
      return;
    }
    idle_.push_back(*std::move(helper));
  }
}

DecoderPool::~DecoderPool() = default;

// A helper that waits and still runs; null when there is none.
DecoderPool::Helper DecoderPool::take_idle() {
  const MutexLock lock(mutex_);
  for (auto at = ending_.begin(); at != ending_.end();) {
    bool confirmed = false;
    const bool alive = (*at)->exchange(std::chrono::milliseconds(0));
    while (const std::optional<Message> message = (*at)->next()) {
      confirmed = confirmed || message->kind == MessageKind::kOutcome;
    }
    if (confirmed && alive) idle_.push_back(std::move(*at));
    at = confirmed || !alive ? ending_.erase(at) : at + 1;
  }
  while (!idle_.empty()) {
    Helper helper = std::move(idle_.back());
    idle_.pop_back();
    if (helper->is_idle()) return helper;
  }
  return nullptr;
}

Result<DecoderPool::Helper> DecoderPool::take() {
  if (Helper helper = take_idle()) return helper;
  return HelperProcess::start(options_.limits);
}

void DecoderPool::give_back(Helper helper) {
  const MutexLock lock(mutex_);
  if (idle_.size() < options_.kept_idle + live_) idle_.push_back(std::move(helper));
}

Result<Recording> DecoderPool::decode(std::span<const std::byte> bytes, double max_duration_s) {
  bool gone = false;
  if (Helper waiting = take_idle()) {
    Result<Recording> decoded = decode_by(std::move(waiting), bytes, max_duration_s, gone);
    // The helper may have been killed while it waited, which says nothing about the recording: try
    // a fresh one.
    if (!gone) return decoded;
  }
  ASSIGN_OR_RETURN(Helper fresh, HelperProcess::start(options_.limits));
  return decode_by(std::move(fresh), bytes, max_duration_s, gone);
}

Result<Recording> DecoderPool::decode_by(Helper helper, std::span<const std::byte> bytes,
                                         double max_duration_s, bool& gone) {
  WholeDecoding decoding(*helper, bytes, max_duration_s);
  const Result<Outcome> outcome = decoding.run(options_.timeout);
  gone = decoding.helper_gone();
  // A helper that did not finish is not used again: the destructor of `helper` kills it.
  if (!outcome.ok()) {
    log_line(LogLevel::kWarning, outcome.status().explanation());
    return outcome.status();
  }
  if (!outcome->retiring) give_back(std::move(helper));
  if (!outcome->status.ok()) return outcome->status;
  Recording recording;
  recording.samples = std::move(decoding).samples();
  recording.source = outcome->source;
  recording.clipped_share = outcome->clipped_share;
  return recording;
}

Result<std::unique_ptr<LiveDecoder>> DecoderPool::open_live() {
  {
    const MutexLock lock(mutex_);
    if (live_ >= options_.max_live) {
      return Status(Code::kTimeout, "too many encoded recordings are being listened to (" +
                                        std::to_string(live_) + ")");
    }
    ++live_;
  }
  Result<Helper> helper = take();
  if (!helper.ok()) {
    end_live(nullptr);
    return helper.status();
  }
  (*helper)->send(decoder::packed(MessageKind::kLive));
  return std::unique_ptr<LiveDecoder>(new LiveDecoder(*this, *std::move(helper)));
}

void DecoderPool::end_live(Helper helper) {
  const MutexLock lock(mutex_);
  --live_;
  if (!helper) return;
  helper->send(decoder::packed(MessageKind::kEnd));
  if (!helper->exchange(std::chrono::milliseconds(0))) return;
  ending_.push_back(std::move(helper));
  if (ending_.size() > kMaxEnding) ending_.erase(ending_.begin());
}

LiveDecoder::~LiveDecoder() { pool_.end_live(std::move(helper_)); }

// Reads the helper's messages. False when they make no sense.
bool LiveDecoder::receive(std::vector<float>& samples) {
  while (const std::optional<Message> message = helper_->next()) {
    if (message->kind == MessageKind::kTaken) {
      if (untaken_ == 0) return false;
      --untaken_;
      continue;
    }
    if (message->kind != MessageKind::kSamples) return false;
    const auto decoded = decoder::read_samples(message->payload);
    if (!decoded) return false;
    samples.insert(samples.end(), decoded->begin(), decoded->end());
  }
  return true;
}

std::vector<float> LiveDecoder::push(std::string_view bytes) {
  std::vector<float> samples;
  if (!helper_) return samples;
  // Read its messages since the last bytes first: only they show whether it is behind.
  if (!helper_->exchange(std::chrono::milliseconds(0)) || !receive(samples)) {
    helper_.reset();
    return samples;
  }
  const bool is_behind = untaken_ > 0;
  for (; !bytes.empty(); bytes.remove_prefix(std::min(kPieceBytes, bytes.size()))) {
    helper_->send(decoder::packed(MessageKind::kData, bytes.substr(0, kPieceBytes)));
    ++untaken_;
  }
  const Clock::time_point end =
      Clock::now() + (is_behind ? Clock::duration::zero() : kLivePatience);
  auto left = std::chrono::milliseconds(0);
  do {
    left = std::max(std::chrono::milliseconds(0),
                    std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()));
    if (!helper_->exchange(left) || !receive(samples) || helper_->unsent() > kMaxLiveBacklogBytes) {
      helper_.reset();
      break;
    }
  } while (untaken_ > 0 && left.count() > 0);
  return samples;
}

}  // namespace saywell
