#include "score/gap_features.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "align/greedy_decode.h"
#include "align/token_evidence.h"
#include "base/sound_distance.h"
#include "score/feature_row.h"
#include "score/segment_features.h"

namespace saywell {
namespace {

constexpr double kMostSpokenFrames = 20;
constexpr std::size_t kMostPhones = 12, kMostVowels = 6, kMostEvents = 3, kMostTokens = 4;
constexpr float kMostEvidence = 30;

double at_most(std::size_t most, std::size_t count) {
  return static_cast<double>(std::min(most, count));
}

// How far `heard` is from `asked`, per phone of the longer; 1 where there is nothing to compare.
float distance_per_phone(std::span<const PhoneId> heard, std::span<const PhoneId> asked) {
  if (heard.empty() || asked.empty()) return 1;
  return static_cast<float>(sound_distance(heard, asked)) /
         static_cast<float>(std::max(heard.size(), asked.size()));
}

// Between the last attempts at two tokens, or before the first and behind the last.
struct Gap {
  AlignmentGap sides;                  // events
  FrameSpan frames;                    // between the phones on either side, at least one
  bool is_empty = false;               // there was none between
  std::vector<PhoneId> before, after;  // the phones of the tokens on either side
};

class GapMeasurer {
 public:
  GapMeasurer(const Alignment& alignment, std::span<const Embeddings> chunks,
              const Posteriors& posteriors)
      : alignment_(alignment), posteriors_(posteriors), segments_(chunks, posteriors) {}

  // The gap before an event, or, with the number of events, behind the last.
  void measure(std::size_t event, std::vector<float>& out) const {
    const Gap gap = make_gap(alignment_.gap(event));
    GapFeatureRow row(out);
    segments_.measure(gap.frames, loudest_frame(gap.frames), row);
    add_sound(gap, row);
    add_decoded(gap, row);
    add_path(gap, row);
    add_sides(gap, row);
  }

 private:
  Gap make_gap(const AlignmentGap& sides) const {
    const std::size_t all = posteriors_.frame_count();
    const std::vector<AlignedEvent>& events = alignment_.events();
    Gap gap{sides, {0, all}, false, phones_of(sides.before), phones_of(sides.after)};
    FrameSpan& frames = gap.frames;
    if (sides.before) frames.begin = events[*sides.before].phones.back().peak_frame + 1;
    if (sides.after) frames.end = events[*sides.after].phones.front().peak_frame;
    // Frames in which these two phones go on are not part of the gap.
    while (sides.before && frames.begin < frames.end && is_heard(gap.before.back(), frames.begin))
      ++frames.begin;
    while (sides.after && frames.begin < frames.end && is_heard(gap.after.front(), frames.end - 1))
      --frames.end;
    gap.is_empty = frames.end <= frames.begin;
    if (gap.is_empty) {
      frames.begin = std::min(frames.begin, all - 1);
      frames.end = frames.begin + 1;
    }
    return gap;
  }

  std::vector<PhoneId> phones_of(std::optional<std::size_t> event) const {
    std::vector<PhoneId> phones;
    if (!event) return phones;
    for (const AlignedPhone& phone : alignment_.events()[*event].phones)
      phones.push_back(phone.phone);
    return phones;
  }

  bool is_heard(PhoneId phone, std::size_t frame) const {
    const auto ctc = posteriors_.ctc_at(frame);
    return ctc[phone + 1U] >= *std::max_element(ctc.begin(), ctc.end());
  }

  double blank_at(std::size_t frame) const {
    return std::exp(posteriors_.ctc_at(frame)[kBlankColumn]);
  }

  // The frame in which silence is least likely.
  std::size_t loudest_frame(FrameSpan frames) const {
    std::size_t loudest = frames.begin;
    for (std::size_t frame = frames.begin; frame < frames.end; ++frame) {
      if (blank_at(frame) < blank_at(loudest)) loudest = frame;
    }
    return loudest;
  }

  void add_sound(const Gap& gap, GapFeatureRow& row) const {
    double spoken = 0, silent = 0;
    for (std::size_t frame = gap.frames.begin; frame < gap.frames.end; ++frame) {
      spoken += 1 - blank_at(frame);
      silent += std::exp(posteriors_.framewise_at(frame)[kBlankColumn]);
    }
    const auto frames = static_cast<double>(gap.frames.size());
    row.set("is_empty", gap.is_empty ? 1 : 0);
    row.set("log_frames", std::log(frames));
    row.set("spoken_frames", static_cast<float>(std::min(spoken, kMostSpokenFrames)));
    row.set("log1p_spoken_frames", std::log1p(spoken));
    row.set("log1p_silent_frames", std::log1p(silent));
    row.set("log1p_other_frames", std::log1p(frames - silent));
  }

  void add_decoded(const Gap& gap, GapFeatureRow& row) const {
    const std::vector<DecodedPhone> decoded = greedy_decode(posteriors_, gap.frames);
    double surest = 0, surest_vowel = 0;
    std::size_t vowels = 0;
    for (const DecodedPhone& phone : decoded) {
      surest = std::max(surest, phone.probability);
      if (!is_vowel(phone.phone)) continue;
      surest_vowel = std::max(surest_vowel, phone.probability);
      ++vowels;
    }
    const std::vector<PhoneId> ids = ids_of(decoded);
    row.set("decoded_phones", at_most(kMostPhones, decoded.size()));
    row.set("decoded_vowels", at_most(kMostVowels, vowels));
    row.set("surest_vowel", surest_vowel);
    row.set("surest_phone", surest);
    row.set("distance_from_before", distance_per_phone(ids, gap.before));
    row.set("distance_from_after", distance_per_phone(ids, gap.after));
  }

  // Events of the path in the gap.
  void add_path(const Gap& gap, GapFeatureRow& row) const {
    const std::vector<AlignedEvent>& events = alignment_.events();
    std::size_t stretches = 0, frames = 0, phones = 0, attempts = 0;
    float from_before = 1, from_after = 1;
    const std::size_t end = gap.sides.after ? *gap.sides.after : events.size();
    for (std::size_t e = gap.sides.before ? *gap.sides.before + 1 : 0; e < end; ++e) {
      if (events[e].is_token()) {
        ++attempts;
        continue;
      }
      const std::vector<PhoneId> said = ids_of(greedy_decode(posteriors_, events[e].frames));
      ++stretches;
      frames += events[e].frames.size();
      phones += said.size();
      from_before = std::min(from_before, distance_per_phone(said, gap.before));
      from_after = std::min(from_after, distance_per_phone(said, gap.after));
    }
    row.set("other_speech_events", at_most(kMostEvents, stretches));
    row.set("log1p_other_speech_frames", std::log1p(static_cast<double>(frames)));
    row.set("other_speech_phones", at_most(kMostPhones, phones));
    row.set("earlier_attempts", at_most(kMostEvents, attempts));
    row.set("other_speech_distance_from_before", from_before);
    row.set("other_speech_distance_from_after", from_after);
    row.set("omitted_tokens", at_most(kMostTokens, omitted_tokens(gap)));
  }

  std::size_t omitted_tokens(const Gap& gap) const {
    const std::vector<AlignedEvent>& events = alignment_.events();
    const std::size_t end =
        gap.sides.after ? events[*gap.sides.after].token : alignment_.token_count();
    std::size_t count = 0;
    for (std::size_t token = gap.sides.before ? events[*gap.sides.before].token + 1 : 0;
         token < end; ++token)
      count += alignment_.is_matched(token) ? 0 : 1;
    return count;
  }

  void add_sides(const Gap& gap, GapFeatureRow& row) const {
    const std::vector<AlignedEvent>& events = alignment_.events();
    const auto evidence_against = [&](std::optional<std::size_t> event) {
      return event ? std::min(kMostEvidence, events[*event].evidence) : 0.0F;
    };
    row.set("gap_evidence", measure_gap_evidence(posteriors_, events, gap.sides));
    row.set("is_at_start", gap.sides.before ? 0 : 1);
    row.set("is_at_end", gap.sides.after ? 0 : 1);
    row.set("evidence_against_before", evidence_against(gap.sides.before));
    row.set("evidence_against_after", evidence_against(gap.sides.after));
  }

  const Alignment& alignment_;
  const Posteriors& posteriors_;
  SegmentFeatures segments_;
};

}  // namespace

std::vector<float> make_gap_features(const Alignment& alignment, std::span<const Embeddings> chunks,
                                     const Posteriors& posteriors,
                                     const std::vector<std::size_t>& words) {
  const GapMeasurer measurer(alignment, chunks, posteriors);
  std::vector<float> features;
  for (const std::size_t word : words) measurer.measure(*alignment.last_attempt(word), features);
  if (!words.empty()) measurer.measure(*alignment.last_attempt(words.back()) + 1, features);
  return features;
}

}  // namespace saywell
