#include "decode_sandbox/helper_main.h"

#include <malloc.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <new>
#include <string>
#include <utility>

#include "audio/byte_source.h"
#include "base/log.h"
#include "decode_sandbox/helper_message.h"

namespace saywell::decoder {
namespace {

constexpr int kSocket = STDIN_FILENO;

// The server has gone: nobody waits for the result.
struct ServerGone {};

void say(MessageKind kind, std::string_view payload) {
  if (!write_all(kSocket, packed(kind, payload))) throw ServerGone();
}

Message hear() {
  std::optional<Message> message = read_message(kSocket);
  if (!message) throw ServerGone();
  return *std::move(message);
}

void say_samples(std::span<const float> samples) {
  constexpr std::size_t kMost = kMaxMessageBytes / sizeof(float);
  while (!samples.empty()) {
    const auto piece = samples.first(std::min(kMost, samples.size()));
    say(MessageKind::kSamples, samples_text(piece));
    samples = samples.subspan(piece.size());
  }
}

// A recording that is still arriving.
class ArrivingSource final : public ByteSource {
 public:
  bool seekable() const override { return false; }
  void seek(std::int64_t) override {}
  std::int64_t position() const override { return 0; }
  std::int64_t size() const override { return 0; }

  std::int64_t read(std::span<std::byte> target) override {
    while (piece_.size() == used_ && !ended_) take_message();
    const std::size_t count = std::min(target.size(), piece_.size() - used_);
    std::memcpy(target.data(), piece_.data() + used_, count);
    used_ += count;
    return static_cast<std::int64_t>(count);
  }

  // Skips the bytes that the decoder did not read.
  void pass_over() {
    while (!ended_) take_message();
  }

 private:
  void take_message() {
    if (begun_) say(MessageKind::kTaken, {});
    Message message = hear();
    begun_ = true;
    ended_ = message.kind == MessageKind::kEnd;
    piece_ = std::move(message.payload);
    used_ = 0;
  }

  std::string piece_;
  std::size_t used_ = 0;
  bool begun_ = false;
  bool ended_ = false;
};

std::string hear_whole() {
  std::string bytes;
  for (Message message = hear(); message.kind == MessageKind::kData; message = hear()) {
    bytes += message.payload;
  }
  return bytes;
}

Outcome outcome_of(const Result<Recording>& recording) {
  Outcome outcome;
  outcome.status = recording.status();
  if (recording.ok()) {
    outcome.source = recording->source;
    outcome.clipped_share = recording->clipped_share;
  }
  return outcome;
}

Outcome decode_whole(double max_duration_s) {
  const std::string bytes = hear_whole();
  const Result<Recording> recording =
      media_bytes_to_pcm(std::as_bytes(std::span(bytes.data(), bytes.size())),
                         DecodeLimits{.max_duration_s = max_duration_s});
  if (recording.ok()) say_samples(recording->samples);
  return outcome_of(recording);
}

Outcome decode_live() {
  ArrivingSource source;
  const Result<Recording> recording = media_source_to_pcm(source, DecodeLimits{}, say_samples);
  source.pass_over();
  return outcome_of(recording);
}

// A new process has neither the memory that a large recording left nor the processor time used.
bool is_used_up(const HelperLimits& limits) {
  // Not ru_maxrss: that of a spawned process begins with what its parent had.
  constexpr std::size_t kMaxHeapBytes = 100'000'000;
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  return mallinfo2().arena > kMaxHeapBytes ||
         used.ru_utime.tv_sec + used.ru_stime.tv_sec > limits.processor_s / 2;
}

// False when the helper must end.
bool decode_one(const HelperLimits& limits) {
  const Message message = hear();
  Outcome outcome;
  try {
    outcome = message.kind == MessageKind::kLive ? decode_live()
                                                 : decode_whole(read_limit(message.payload));
  } catch (const std::bad_alloc&) {
    outcome.status = Status(Code::kNotConvertible, "audio", "decoding it needs too much memory");
    outcome.retiring = true;
  }
  outcome.retiring = outcome.retiring || is_used_up(limits);
  say(MessageKind::kOutcome, outcome_text(outcome));
  return !outcome.retiring;
}

}  // namespace

int run_helper(const HelperLimits& limits) {
  if (Status inside = enter_sandbox(limits); !inside.ok()) {
    log_line(LogLevel::kError, "decode-helper: " + inside.explanation());
    return 1;
  }
  try {
    while (decode_one(limits)) {
    }
  } catch (const ServerGone&) {
  }
  return 0;
}

}  // namespace saywell::decoder
