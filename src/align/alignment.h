// The alignment of a recording with its text: what was said, in order of time, and how each token
// of the text was.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "align/alignment_path.h"
#include "align/phone_evidence.h"
#include "align/token_variants.h"

namespace saywell {

// A phone of a token, with its place. The framewise posteriors are better at its time, the CTC
// posteriors at its identity, so its evidence is measured there.
struct AlignedPhone {
  PhoneId phone = 0;
  std::uint8_t stress = 0;     // 0 none, 1 primary, 2 secondary
  FrameSpan frames;            // when it was said, by the framewise posteriors
  std::size_t peak_frame = 0;  // its middle in the CTC posteriors
  FrameSpan window;  // from halfway to the peak before to halfway to the next; neighbours overlap
  PhoneEvidence evidence;  // measured in its window
};

// A stretch of speech and its match.
struct AlignedEvent : PathEvent {
  std::vector<AlignedPhone> phones;  // those of the variant; none of other speech
  float evidence = 0;                // of measure_token_evidence()
};

// The last attempts at tokens on either side of a place between two events, as indices of events.
// None before the first and behind the last.
struct AlignmentGap {
  std::optional<std::size_t> before, after;
};

// Immutable. Tokens and events are counted from 0.
class Alignment {
 public:
  Alignment() = default;
  Alignment(TextVariants text, std::vector<AlignedEvent> events);

  const std::vector<AlignedEvent>& events() const { return events_; }
  std::size_t token_count() const { return text_.size(); }

  // The event of a token; the last one if it was said several times; none if it was omitted.
  std::optional<std::size_t> last_attempt(std::size_t token) const { return last_attempts_[token]; }
  bool is_last_attempt(std::size_t event) const;

  // Whether the token or another word in its place was said.
  bool is_matched(std::size_t token) const { return last_attempts_[token].has_value(); }
  // Whether another word was said in its place.
  bool is_substituted(std::size_t token) const;

  // The variant that was said in the last attempt; the usual one if the token was omitted.
  const TokenVariant& variant(std::size_t token) const;
  // The phones of the last attempt; none if the token was omitted.
  std::span<const AlignedPhone> phones(std::size_t token) const;
  // The number of phones of variant() of all tokens before; `token` may be token_count().
  std::size_t first_phone(std::size_t token) const { return first_phones_[token]; }

  // The gap before an event, or, with the number of events, behind the last.
  AlignmentGap gap(std::size_t event) const;

 private:
  TextVariants text_;
  std::vector<AlignedEvent> events_;
  std::vector<std::optional<std::size_t>> last_attempts_;  // one per token
  std::vector<std::size_t> first_phones_{0};               // one per token, and the sum
};

}  // namespace saywell
