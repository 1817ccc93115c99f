#include "align/phone_times.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "base/status_macros.h"

namespace saywell {
namespace {

constexpr float kImpossible = -1e30F;
constexpr int kAnyPhone = -1;
// The best phone of a row always beats a given one: other speech pays for each row, or it would
// swallow its neighbours.
constexpr float kAnyPhonePrice = 1.0F;

using RowOf = std::span<const float> (Posteriors::*)(std::size_t) const;

// What distinguishes the two alignments.
struct ChainKind {
  RowOf row;                  // the posteriors
  bool blank_between_phones;  // else only around tokens
  std::size_t slack_rows;     // how far a phone may lie outside its token's rows
};

constexpr ChainKind kTimes = {&Posteriors::frame_row, false, 12};
constexpr ChainKind kPlaces = {&Posteriors::ctc_row, true, 40};

// One state of the chain: a phone, silence that may be passed by, or any phone (other speech).
struct ChainState {
  int column;  // of the posteriors; kAnyPhone: the best phone of each row
  bool optional;
  std::size_t first_row, end_row;  // the rows it may take
  std::size_t event;
  std::vector<std::uint8_t> steps;  // a row: how many states back the best predecessor lies
};

std::vector<ChainState> make_chain(const ReadingPath& path,
                                   const std::vector<std::vector<TokenVariant>>& tokens,
                                   std::size_t row_count, const ChainKind& kind) {
  std::vector<ChainState> chain;
  const auto add = [&](int column, bool optional, std::size_t event) {
    const ReadingEvent& rows = path.events[event];
    const std::size_t first = rows.begin_row - std::min(rows.begin_row, kind.slack_rows);
    chain.push_back(
        {column, optional, first, std::min(row_count, rows.end_row + kind.slack_rows), event, {}});
  };
  for (std::size_t e = 0; e < path.events.size(); ++e) {
    const ReadingEvent& event = path.events[e];
    add(kBlankColumn, true, e);
    if (event.kind == ReadingEvent::Kind::kOtherSpeech) {
      add(kAnyPhone, false, e);
      continue;
    }
    const std::vector<PhoneId>& phones = tokens[event.token][event.variant].phones;
    for (std::size_t i = 0; i < phones.size(); ++i) {
      if (i > 0 && kind.blank_between_phones) add(kBlankColumn, true, e);
      add(phones[i] + 1, false, e);
    }
  }
  if (!chain.empty()) add(kBlankColumn, true, path.events.size() - 1);
  return chain;
}

// Windows must rise along the chain, or no path would lead through it.
void order_windows(std::vector<ChainState>& chain) {
  for (std::size_t i = 1; i < chain.size(); ++i) {
    chain[i].first_row = std::max(chain[i].first_row, chain[i - 1].first_row);
    chain[i].end_row = std::max(chain[i].end_row, chain[i - 1].end_row);
  }
}

class ChainAlignment {
 public:
  ChainAlignment(const Posteriors& posteriors, RowOf row_of, std::vector<ChainState> chain)
      : posteriors_(posteriors),
        row_of_(row_of),
        chain_(std::move(chain)),
        score_(chain_.size(), kImpossible) {}

  // The state of each row; empty when there is no path.
  std::vector<std::size_t> run() {
    std::size_t first = 0, end = 0;  // states whose window holds the row
    for (std::size_t row = 0; row < posteriors_.frame_count(); ++row) {
      while (end < chain_.size() && chain_[end].first_row <= row) ++end;
      for (; first < end && chain_[first].end_row <= row; ++first) score_[first] = kImpossible;
      advance(row, first, end);
    }
    return trace_back();
  }

 private:
  float emission(int column, std::size_t row) const {
    const auto columns = (posteriors_.*row_of_)(row);
    if (column != kAnyPhone) return columns[static_cast<std::size_t>(column)];
    return *std::max_element(columns.begin(), columns.end()) - kAnyPhonePrice;
  }

  void advance(std::size_t row, std::size_t first, std::size_t end) {
    for (std::size_t i = end; i-- > first;) {
      std::uint8_t step = 0;
      float best = score_[i];
      if (row == 0) best = i == 0 || (i == 1 && chain_[0].optional) ? 0 : kImpossible;
      for (std::size_t back = 1; row > 0 && back <= 2 && back <= i; ++back) {
        if (back == 2 && !chain_[i - 1].optional) break;
        if (score_[i - back] > best) {
          best = score_[i - back];
          step = static_cast<std::uint8_t>(back);
        }
      }
      score_[i] = best <= kImpossible ? kImpossible : best + emission(chain_[i].column, row);
      chain_[i].steps.push_back(step);
    }
  }

  std::vector<std::size_t> trace_back() const {
    if (chain_.empty() || posteriors_.frame_count() == 0) return {};
    std::size_t state = chain_.size() - 1;
    if (state > 0 && score_[state - 1] > score_[state]) --state;
    if (score_[state] <= kImpossible) return {};
    std::vector<std::size_t> states(posteriors_.frame_count());
    for (std::size_t row = states.size(); row-- > 0;) {
      states[row] = state;
      state -= chain_[state].steps[row - chain_[state].first_row];
    }
    return states;
  }

  const Posteriors& posteriors_;
  RowOf row_of_;
  std::vector<ChainState> chain_;
  std::vector<float> score_;
};

// The rows of each state of an aligned chain; empty for optional states that were passed by.
struct AlignedChain {
  std::vector<ChainState> states;
  std::vector<RowSpan> rows;
};

Result<AlignedChain> align_chain(const Posteriors& posteriors, const ReadingPath& path,
                                 const std::vector<std::vector<TokenVariant>>& tokens,
                                 ChainKind kind) {
  for (const std::size_t slack_rows : {kind.slack_rows, posteriors.frame_count()}) {
    kind.slack_rows = slack_rows;
    AlignedChain aligned;
    aligned.states = make_chain(path, tokens, posteriors.frame_count(), kind);
    order_windows(aligned.states);
    const std::vector<std::size_t> state_of_row =
        ChainAlignment(posteriors, kind.row, aligned.states).run();
    if (state_of_row.empty()) continue;
    aligned.rows.resize(aligned.states.size());
    for (std::size_t row = state_of_row.size(); row-- > 0;) {
      RowSpan& span = aligned.rows[state_of_row[row]];
      if (span.end == 0) span.end = row + 1;
      span.begin = row;
    }
    return aligned;
  }
  return Status(Code::kNoAlignment, "the text has more phones than the recording has frames");
}

// The place of phone k. At either end the distance to the only neighbour stands for the missing
// one.
PhonePlace place_between(const std::vector<double>& middles, std::size_t k, std::size_t row_count) {
  const double middle = middles[k];
  double begin = 0, end = static_cast<double>(row_count);
  if (middles.size() > 1) {
    const bool first = k == 0, last = k + 1 == middles.size();
    begin = std::max(begin, first ? 2 * middle - middles[1] : (middles[k - 1] + middle) / 2);
    end = std::min(end, last ? 2 * middle - middles[k - 1] : (middle + middles[k + 1]) / 2);
  }
  PhonePlace place;
  place.peak_row = static_cast<std::size_t>(std::lround(middle));
  place.rows.begin = static_cast<std::size_t>(std::floor(begin));
  place.rows.end = std::max(static_cast<std::size_t>(std::ceil(end)), place.rows.begin + 1);
  return place;
}

}  // namespace

double row_begin_s(const Posteriors& posteriors, std::size_t row) {
  return posteriors.time_s(row) - kFrameS / 2;
}
double row_end_s(const Posteriors& posteriors, std::size_t row) {
  return posteriors.time_s(row) + kFrameS / 2;
}

Result<std::vector<std::vector<RowSpan>>> align_phones(
    const Posteriors& posteriors, const ReadingPath& path,
    const std::vector<std::vector<TokenVariant>>& tokens) {
  std::vector<std::vector<RowSpan>> phones(path.events.size());
  if (path.events.empty()) return phones;
  ASSIGN_OR_RETURN(const AlignedChain aligned, align_chain(posteriors, path, tokens, kTimes));
  for (std::size_t i = 0; i < aligned.states.size(); ++i) {
    const ChainState& state = aligned.states[i];
    if (state.column > kBlankColumn) phones[state.event].push_back(aligned.rows[i]);
  }
  return phones;
}

Result<std::vector<std::vector<PhonePlace>>> place_phones(
    const Posteriors& posteriors, const ReadingPath& path,
    const std::vector<std::vector<TokenVariant>>& tokens) {
  std::vector<std::vector<PhonePlace>> places(path.events.size());
  if (path.events.empty()) return places;
  ASSIGN_OR_RETURN(const AlignedChain aligned, align_chain(posteriors, path, tokens, kPlaces));
  std::vector<std::size_t> spoken;  // states that are no blank
  std::vector<double> middles;
  for (std::size_t i = 0; i < aligned.states.size(); ++i) {
    if (aligned.states[i].column == kBlankColumn) continue;
    spoken.push_back(i);
    middles.push_back(static_cast<double>(aligned.rows[i].begin + aligned.rows[i].end - 1) / 2);
  }
  for (std::size_t k = 0; k < spoken.size(); ++k) {
    const ChainState& state = aligned.states[spoken[k]];
    if (state.column != kAnyPhone)
      places[state.event].push_back(place_between(middles, k, posteriors.frame_count()));
  }
  return places;
}

}  // namespace saywell
