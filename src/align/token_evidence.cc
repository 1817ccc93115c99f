#include "align/token_evidence.h"

#include <algorithm>

#include "align/phone_loop.h"

namespace saywell {
namespace {

constexpr std::size_t kContextPhones = 2;
constexpr float kImpossible = -1e30F;
constexpr float kOtherPhonePrice = 1.5F;
// What a phone that was not heard costs at most, against the likeliest of the row.
constexpr float kMissingPrice = 6.0F;
constexpr int kOtherSpeech = -1;  // an item that stands for any phones or none

// The best log likelihood of `rows` through `items`, each a phone or kOtherSpeech, with blank
// around each.
float best_path(const Posteriors& posteriors, RowSpan rows, const std::vector<int>& items) {
  const std::vector<float> other = phone_loop_emissions(posteriors, rows, kOtherPhonePrice);
  std::vector<float> said(items.size(), kImpossible), gap(items.size() + 1, kImpossible);
  gap[0] = 0;
  for (std::size_t row = rows.begin; row < rows.end; ++row) {
    const auto ctc = posteriors.ctc_row(row);
    const float least = *std::max_element(ctc.begin(), ctc.end()) - kMissingPrice;
    float before_gap = gap[0], before_said = kImpossible;  // of the item before, one row ago
    gap[0] += ctc[kBlankColumn];
    for (std::size_t k = 0; k < items.size(); ++k) {
      const bool repeats = k > 0 && items[k] == items[k - 1];
      const float enter = repeats ? before_gap : std::max(before_gap, before_said);
      before_gap = gap[k + 1];
      before_said = said[k];
      gap[k + 1] = std::max(before_gap, before_said) + ctc[kBlankColumn];
      const float emission = items[k] == kOtherSpeech
                                 ? other[row - rows.begin]
                                 : std::max(least, ctc[static_cast<std::size_t>(items[k] + 1)]);
      said[k] = std::max(before_said, enter) + emission;
    }
  }
  return items.empty() ? gap[0] : std::max(said.back(), gap.back());
}

// Some rows, and the phones of the tokens or other speech on either side.
class Window {
 public:
  Window(const Posteriors& posteriors, const Reading& reading, RowSpan rows)
      : posteriors_(posteriors), reading_(reading), rows_(rows) {}

  // kOtherSpeech, or the phones of the token.
  std::vector<int> phones_of(std::size_t e) const {
    const ReadingEvent& event = reading_.path.events[e];
    if (event.kind == ReadingEvent::Kind::kOtherSpeech) return {kOtherSpeech};
    const std::vector<PhoneId>& phones = reading_.variants[event.token][event.variant].phones;
    return {phones.begin(), phones.end()};
  }

  void look_back(std::size_t e) {
    left_ = phones_of(e);
    if (left_.front() == kOtherSpeech) {
      rows_.begin = reading_.path.events[e].begin_row;
      return;
    }
    const std::size_t first = left_.size() - std::min(kContextPhones, left_.size());
    rows_.begin = std::min(rows_.begin, reading_.event_places[e][first].rows.begin);
    left_.erase(left_.begin(), left_.begin() + static_cast<std::ptrdiff_t>(first));
  }

  void look_ahead(std::size_t e) {
    right_ = phones_of(e);
    if (right_.front() == kOtherSpeech) {
      rows_.end = reading_.path.events[e].end_row;
      return;
    }
    right_.resize(std::min(kContextPhones, right_.size()));
    rows_.end = std::max(rows_.end, reading_.event_places[e][right_.size() - 1].rows.end);
  }

  // How much likelier other speech is between the sides than `phones`; within ±kMaxTokenRatio.
  float other_against(const std::vector<int>& phones) const {
    if (rows_.end <= rows_.begin) return 0;
    const float ratio = log_likelihood({kOtherSpeech}) - log_likelihood(phones);
    return std::clamp(ratio, -kMaxTokenRatio, kMaxTokenRatio);
  }

 private:
  float log_likelihood(const std::vector<int>& middle) const {
    std::vector<int> items = left_;
    items.insert(items.end(), middle.begin(), middle.end());
    items.insert(items.end(), right_.begin(), right_.end());
    return best_path(posteriors_, rows_, items);
  }

  const Posteriors& posteriors_;
  const Reading& reading_;
  RowSpan rows_;
  std::vector<int> left_, right_;
};

float measure_token(const Posteriors& posteriors, const Reading& reading, std::size_t e) {
  const std::vector<ReadingEvent>& events = reading.path.events;
  Window window(posteriors, reading, {events[e].begin_row, events[e].end_row});
  if (e > 0) window.look_back(e - 1);
  if (e + 1 < events.size()) window.look_ahead(e + 1);
  return window.other_against(window.phones_of(e));
}

}  // namespace

std::vector<float> measure_token_evidence(const Posteriors& posteriors, const Reading& reading) {
  std::vector<float> ratios;
  for (std::size_t e = 0; e < reading.path.events.size(); ++e) {
    const bool is_token = reading.path.events[e].kind == ReadingEvent::Kind::kToken;
    ratios.push_back(is_token ? measure_token(posteriors, reading, e) : 0);
  }
  return ratios;
}

float measure_gap_evidence(const Posteriors& posteriors, const Reading& reading,
                           std::optional<std::size_t> before, std::optional<std::size_t> after) {
  // The sides alone say where it begins and ends.
  const std::size_t rows = posteriors.frame_count();
  Window window(posteriors, reading, {before ? rows : 0, after ? 0 : rows});
  if (before) window.look_back(*before);
  if (after) window.look_ahead(*after);
  return window.other_against({});
}

}  // namespace saywell
