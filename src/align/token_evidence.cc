#include "align/token_evidence.h"

#include <algorithm>

#include "align/log_likelihood.h"
#include "align/phone_loop.h"

namespace saywell {
namespace {

constexpr std::size_t kContextPhones = 2;
constexpr float kOtherPhoneCost = 1.5F;
// The highest cost of a phone that was not heard, against the likeliest of the frame.
constexpr float kMissingCost = 6.0F;
constexpr int kOtherSpeech = -1;  // an item for any phones or none

// The best log likelihood of `frames` through `items`, each a phone or kOtherSpeech, with blank
// around each.
float best_path(const Posteriors& posteriors, FrameSpan frames, const std::vector<int>& items) {
  const std::vector<float> other = phone_loop_emissions(posteriors, frames, kOtherPhoneCost);
  std::vector<float> said(items.size(), kImpossible), gap(items.size() + 1, kImpossible);
  gap[0] = 0;
  for (std::size_t frame = frames.begin; frame < frames.end; ++frame) {
    const auto ctc = posteriors.ctc_at(frame);
    const float least = *std::max_element(ctc.begin(), ctc.end()) - kMissingCost;
    float before_gap = gap[0], before_said = kImpossible;  // of the item before, one frame ago
    gap[0] += ctc[kBlankColumn];
    for (std::size_t k = 0; k < items.size(); ++k) {
      const bool repeats = k > 0 && items[k] == items[k - 1];
      const float enter = repeats ? before_gap : std::max(before_gap, before_said);
      before_gap = gap[k + 1];
      before_said = said[k];
      gap[k + 1] = std::max(before_gap, before_said) + ctc[kBlankColumn];
      const float emission = items[k] == kOtherSpeech
                                 ? other[frame - frames.begin]
                                 : std::max(least, ctc[static_cast<std::size_t>(items[k] + 1)]);
      said[k] = std::max(before_said, enter) + emission;
    }
  }
  return items.empty() ? gap[0] : std::max(said.back(), gap.back());
}

// kOtherSpeech, or the phones of the token.
std::vector<int> items_of(const AlignedEvent& event) {
  if (event.is_other_speech()) return {kOtherSpeech};
  std::vector<int> items;
  for (const AlignedPhone& phone : event.phones) items.push_back(phone.phone);
  return items;
}

// Some frames, and the phones of the tokens or other speech on either side.
class Window {
 public:
  Window(const Posteriors& posteriors, FrameSpan frames)
      : posteriors_(posteriors), frames_(frames) {}

  void look_back(const AlignedEvent& event) {
    left_ = items_of(event);
    if (event.is_other_speech()) {
      frames_.begin = event.frames.begin;
      return;
    }
    const std::size_t first = left_.size() - std::min(kContextPhones, left_.size());
    frames_.begin = std::min(frames_.begin, event.phones[first].window.begin);
    left_.erase(left_.begin(), left_.begin() + static_cast<std::ptrdiff_t>(first));
  }

  void look_ahead(const AlignedEvent& event) {
    right_ = items_of(event);
    if (event.is_other_speech()) {
      frames_.end = event.frames.end;
      return;
    }
    right_.resize(std::min(kContextPhones, right_.size()));
    frames_.end = std::max(frames_.end, event.phones[right_.size() - 1].window.end);
  }

  // How much likelier other speech is between the sides than `items`; within ±kMaxTokenRatio.
  float other_against(const std::vector<int>& items) const {
    if (frames_.end <= frames_.begin) return 0;
    const float ratio = log_likelihood({kOtherSpeech}) - log_likelihood(items);
    return std::clamp(ratio, -kMaxTokenRatio, kMaxTokenRatio);
  }

 private:
  float log_likelihood(const std::vector<int>& middle) const {
    std::vector<int> items = left_;
    items.insert(items.end(), middle.begin(), middle.end());
    items.insert(items.end(), right_.begin(), right_.end());
    return best_path(posteriors_, frames_, items);
  }

  const Posteriors& posteriors_;
  FrameSpan frames_;
  std::vector<int> left_, right_;
};

float measure_token(const Posteriors& posteriors, const std::vector<AlignedEvent>& events,
                    std::size_t e) {
  Window window(posteriors, events[e].frames);
  if (e > 0) window.look_back(events[e - 1]);
  if (e + 1 < events.size()) window.look_ahead(events[e + 1]);
  return window.other_against(items_of(events[e]));
}

}  // namespace

std::vector<float> measure_token_evidence(const Posteriors& posteriors,
                                          const std::vector<AlignedEvent>& events) {
  std::vector<float> ratios;
  for (std::size_t e = 0; e < events.size(); ++e)
    ratios.push_back(events[e].is_token() ? measure_token(posteriors, events, e) : 0);
  return ratios;
}

float measure_gap_evidence(const Posteriors& posteriors, const std::vector<AlignedEvent>& events,
                           const AlignmentGap& gap) {
  // Only the sides define its begin and end.
  const std::size_t frames = posteriors.frame_count();
  Window window(posteriors, {gap.before ? frames : 0, gap.after ? 0 : frames});
  if (gap.before) window.look_back(events[*gap.before]);
  if (gap.after) window.look_ahead(events[*gap.after]);
  return window.other_against({});
}

}  // namespace saywell
