// What a server and its decoding helpers say to each other, over a pair of sockets.
//
//   server: kWhole (with the longest duration in s that is taken) or kLive, then kData as often as
//           there are bytes, then kEnd
//   helper: kSamples as often as there are some, then kOutcome, after which the next recording may
//           begin. Of kWhole it says nothing before kEnd; of kLive it says kTaken when it has
//           decoded what a kData brought as far as that can be without the next.
//
// Both are the same program on the same machine, so numbers travel as they lie in memory. A helper
// is not trusted: what it says is checked. Pure, but for the functions that name a descriptor.
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

// Messages out of bytes that come in pieces.
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

// How a recording's decoding ended.
struct Outcome {
  Status status;
  SourceFormat source;       // when ok
  double clipped_share = 0;  // likewise
  bool retiring = false;     // the helper ends itself now
};
std::string outcome_text(const Outcome& outcome);
// nullopt for what no helper would say: an unknown code, numbers out of their range.
std::optional<Outcome> read_outcome(std::string_view text);

std::string limit_text(double max_duration_s);
// DecodeLimits' own for what is no duration.
double read_limit(std::string_view text);

std::string samples_text(std::span<const float> samples);
// nullopt for half a sample, and for values that no recording has.
std::optional<std::vector<float>> read_samples(std::string_view text);

// Of the helper, which may block. False when the other side has gone.
bool write_all(int descriptor, std::string_view bytes);
std::optional<Message> read_message(int descriptor);

}  // namespace saywell::decoder
