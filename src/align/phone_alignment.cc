#include "align/phone_alignment.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "align/log_likelihood.h"
#include "base/status_macros.h"

namespace saywell {
namespace {

constexpr int kAnyPhone = -1;
// The best phone of a frame always beats a given one: other speech pays for each frame, or it would
// swallow its neighbours.
constexpr float kAnyPhoneCost = 1.0F;

using PosteriorsAt = std::span<const float> (Posteriors::*)(std::size_t) const;

// The differences between the two alignments.
struct ChainKind {
  PosteriorsAt posteriors_at;
  bool blank_between_phones;  // else only around tokens
  std::size_t slack_frames;   // how far a phone may be outside its token's frames
};

constexpr ChainKind kTimes = {&Posteriors::framewise_at, false, 12};
constexpr ChainKind kPeaks = {&Posteriors::ctc_at, true, 40};

// One state of the chain: a phone, optional silence, or any phone (other speech).
struct ChainState {
  int column;  // of the posteriors; kAnyPhone: the best phone of each frame
  bool optional;
  FrameSpan window;                 // the frames it may take
  std::vector<std::uint8_t> steps;  // per frame: distance to the best predecessor, in states
};

std::vector<ChainState> make_chain(const std::vector<AlignedEvent>& events, std::size_t frame_count,
                                   const ChainKind& kind) {
  std::vector<ChainState> chain;
  const auto add = [&](int column, bool optional, const FrameSpan& frames) {
    const std::size_t first = frames.begin - std::min(frames.begin, kind.slack_frames);
    const std::size_t end = std::min(frame_count, frames.end + kind.slack_frames);
    chain.push_back({column, optional, {first, end}, {}});
  };
  for (const AlignedEvent& event : events) {
    add(kBlankColumn, true, event.frames);
    if (event.is_other_speech()) add(kAnyPhone, false, event.frames);
    for (std::size_t i = 0; i < event.phones.size(); ++i) {
      if (i > 0 && kind.blank_between_phones) add(kBlankColumn, true, event.frames);
      add(event.phones[i].phone + 1, false, event.frames);
    }
  }
  if (!events.empty()) add(kBlankColumn, true, events.back().frames);
  return chain;
}

// Windows must rise along the chain, or no path would lead through it.
void order_windows(std::vector<ChainState>& chain) {
  for (std::size_t i = 1; i < chain.size(); ++i) {
    chain[i].window.begin = std::max(chain[i].window.begin, chain[i - 1].window.begin);
    chain[i].window.end = std::max(chain[i].window.end, chain[i - 1].window.end);
  }
}

class ChainAlignment {
 public:
  ChainAlignment(const Posteriors& posteriors, PosteriorsAt posteriors_at,
                 std::vector<ChainState> chain)
      : posteriors_(posteriors),
        posteriors_at_(posteriors_at),
        chain_(std::move(chain)),
        score_(chain_.size(), kImpossible) {}

  // The state of each frame; empty when there is no path.
  std::vector<std::size_t> run() {
    std::size_t first = 0, end = 0;  // states whose window contains the frame
    for (std::size_t frame = 0; frame < posteriors_.frame_count(); ++frame) {
      while (end < chain_.size() && chain_[end].window.begin <= frame) ++end;
      for (; first < end && chain_[first].window.end <= frame; ++first) score_[first] = kImpossible;
      advance(frame, first, end);
    }
    return trace_back();
  }

 private:
  float emission(int column, std::size_t frame) const {
    const auto columns = (posteriors_.*posteriors_at_)(frame);
    if (column != kAnyPhone) return columns[static_cast<std::size_t>(column)];
    return *std::max_element(columns.begin(), columns.end()) - kAnyPhoneCost;
  }

  void advance(std::size_t frame, std::size_t first, std::size_t end) {
    for (std::size_t i = end; i-- > first;) {
      std::uint8_t step = 0;
      float best = score_[i];
      if (frame == 0) best = i == 0 || (i == 1 && chain_[0].optional) ? 0 : kImpossible;
      for (std::size_t back = 1; frame > 0 && back <= 2 && back <= i; ++back) {
        if (back == 2 && !chain_[i - 1].optional) break;
        if (score_[i - back] > best) {
          best = score_[i - back];
          step = static_cast<std::uint8_t>(back);
        }
      }
      score_[i] = best <= kImpossible ? kImpossible : best + emission(chain_[i].column, frame);
      chain_[i].steps.push_back(step);
    }
  }

  std::vector<std::size_t> trace_back() const {
    if (chain_.empty() || posteriors_.frame_count() == 0) return {};
    std::size_t state = chain_.size() - 1;
    if (state > 0 && score_[state - 1] > score_[state]) --state;
    if (score_[state] <= kImpossible) return {};
    std::vector<std::size_t> states(posteriors_.frame_count());
    for (std::size_t frame = states.size(); frame-- > 0;) {
      states[frame] = state;
      state -= chain_[state].steps[frame - chain_[state].window.begin];
    }
    return states;
  }

  const Posteriors& posteriors_;
  PosteriorsAt posteriors_at_;
  std::vector<ChainState> chain_;
  std::vector<float> score_;
};

// The frames of each state of an aligned chain; none of skipped optional states.
struct AlignedChain {
  std::vector<ChainState> states;
  std::vector<FrameSpan> frames;
};

Result<AlignedChain> align_chain(const Posteriors& posteriors,
                                 const std::vector<AlignedEvent>& events, ChainKind kind) {
  for (const std::size_t slack_frames : {kind.slack_frames, posteriors.frame_count()}) {
    kind.slack_frames = slack_frames;
    AlignedChain aligned;
    aligned.states = make_chain(events, posteriors.frame_count(), kind);
    order_windows(aligned.states);
    const std::vector<std::size_t> state_of_frame =
        ChainAlignment(posteriors, kind.posteriors_at, aligned.states).run();
    if (state_of_frame.empty()) continue;
    aligned.frames.resize(aligned.states.size());
    for (std::size_t frame = state_of_frame.size(); frame-- > 0;) {
      FrameSpan& span = aligned.frames[state_of_frame[frame]];
      if (span.end == 0) span.end = frame + 1;
      span.begin = frame;
    }
    return aligned;
  }
  return Status(Code::kNoAlignment, "the text has more phones than the recording has frames");
}

// From halfway to the middle before to halfway to the next. At either end the distance to the only
// neighbour replaces the missing one.
FrameSpan window_between(const std::vector<double>& middles, std::size_t k,
                         std::size_t frame_count) {
  const double middle = middles[k];
  double begin = 0, end = static_cast<double>(frame_count);
  if (middles.size() > 1) {
    const bool first = k == 0, last = k + 1 == middles.size();
    begin = std::max(begin, first ? 2 * middle - middles[1] : (middles[k - 1] + middle) / 2);
    end = std::min(end, last ? 2 * middle - middles[k - 1] : (middle + middles[k + 1]) / 2);
  }
  FrameSpan window;
  window.begin = static_cast<std::size_t>(std::floor(begin));
  window.end = std::max(static_cast<std::size_t>(std::ceil(end)), window.begin + 1);
  return window;
}

// The phones of all events, in the order of the states that stand for them; null: any phone.
std::vector<AlignedPhone*> phones_of(std::vector<AlignedEvent>& events) {
  std::vector<AlignedPhone*> phones;
  for (AlignedEvent& event : events) {
    if (event.is_other_speech()) phones.push_back(nullptr);
    for (AlignedPhone& phone : event.phones) phones.push_back(&phone);
  }
  return phones;
}

// The frames of the states that stand for phones, in the order of phones_of().
std::vector<FrameSpan> spoken_frames(const AlignedChain& chain) {
  std::vector<FrameSpan> frames;
  for (std::size_t i = 0; i < chain.states.size(); ++i) {
    if (chain.states[i].column != kBlankColumn) frames.push_back(chain.frames[i]);
  }
  return frames;
}

}  // namespace

std::vector<AlignedEvent> with_phones(const std::vector<PathEvent>& path,
                                      const TextVariants& text) {
  std::vector<AlignedEvent> events;
  for (const PathEvent& event : path) {
    AlignedEvent& aligned = events.emplace_back(AlignedEvent{event, {}, 0});
    if (event.is_other_speech()) continue;
    const TokenVariant& variant = text[event.token][event.variant];
    for (std::size_t i = 0; i < variant.phones.size(); ++i) {
      AlignedPhone& phone = aligned.phones.emplace_back();
      phone.phone = variant.phones[i];
      phone.stress = variant.stress[i];
    }
  }
  return events;
}

Status time_phones(const Posteriors& posteriors, std::vector<AlignedEvent>& events) {
  if (events.empty()) return {};
  ASSIGN_OR_RETURN(const AlignedChain chain, align_chain(posteriors, events, kTimes));
  const std::vector<FrameSpan> frames = spoken_frames(chain);
  const std::vector<AlignedPhone*> phones = phones_of(events);
  for (std::size_t k = 0; k < phones.size(); ++k) {
    if (phones[k] != nullptr) phones[k]->frames = frames[k];
  }
  return {};
}

Status locate_phones(const Posteriors& posteriors, std::vector<AlignedEvent>& events) {
  if (events.empty()) return {};
  ASSIGN_OR_RETURN(const AlignedChain chain, align_chain(posteriors, events, kPeaks));
  std::vector<double> middles;
  for (const FrameSpan& frames : spoken_frames(chain))
    middles.push_back(static_cast<double>(frames.begin + frames.end - 1) / 2);
  const std::vector<AlignedPhone*> phones = phones_of(events);
  for (std::size_t k = 0; k < phones.size(); ++k) {
    if (phones[k] == nullptr) continue;
    phones[k]->peak_frame = static_cast<std::size_t>(std::lround(middles[k]));
    phones[k]->window = window_between(middles, k, posteriors.frame_count());
  }
  return {};
}

}  // namespace saywell
