// Messages between a server and its decoding helpers, over a pair of sockets.
//
//   server: kWhole (with the longest allowed duration in s) or kLive, then any number of kData,
//   then
//           kEnd
//   helper: any number of kSamples, then kOutcome, after which the next recording may begin. For
//           kWhole it sends nothing before kEnd. For kLive it sends kTaken after each kData, when
//           it has decoded as much as it can without the next one.
//
// Both are the same program on the same machine, so numbers are sent in their memory layout. A
// helper is not trusted: its messages are checked. Pure, except for functions that take a
// descriptor.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "audio/media_to_pcm.h"
#include "saywell/status.h"

namespace saywell::decoder {

enum class MessageKind : std::uint32_t {
  kWhole = 1,
  kLive,
  kData,
  kEnd,
  kSamples,
  kTaken,
  kOutcome
};

inline constexpr std::size_t kMaxMessageBytes = 1 << 20;

struct Message {
  MessageKind kind;
  std::string payload;
};

// REQUIRES: at most kMaxMessageBytes of payload.
std::string packed(MessageKind kind, std::string_view payload = {});

// Reads messages from bytes that arrive in pieces.
class MessageReader {
 public:
  void push(std::string_view bytes) { bytes_.append(bytes); }

  // nullopt: more bytes are needed, or they are no messages (broken()).
  std::optional<Message> next();
  bool broken() const { return broken_; }

 private:
  std::string bytes_;
  bool broken_ = false;
};

// How decoding a recording ended.
struct Outcome {
  Status status;
  SourceFormat source;       // when ok
  double clipped_share = 0;  // when ok
  bool retiring = false;     // the helper now ends
};
std::string outcome_text(const Outcome& outcome);
// nullopt for a message that no helper would send: an unknown code, values out of range.
std::optional<Outcome> read_outcome(std::string_view text);

std::string limit_text(double max_duration_s);
// The default of DecodeLimits when `text` is no duration.
double read_limit(std::string_view text);

std::string samples_text(std::span<const float> samples);
// nullopt for an incomplete sample, and for values that no recording has.
std::optional<std::vector<float>> read_samples(std::string_view text);

// For the helper, which may block. False when the other side has gone.
bool write_all(int descriptor, std::string_view bytes);
std::optional<Message> read_message(int descriptor);

}  // namespace saywell::decoder
