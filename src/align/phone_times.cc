#include "align/phone_times.h"

#include <algorithm>
#include <cstdint>

namespace saywell {
namespace {

constexpr float kImpossible = -1e30F;
constexpr std::size_t kSlackRows = 12;
constexpr int kAnyPhone = -1;

// One state of the chain: a phone, silence that may be passed by, or any phone (other speech).
struct ChainState {
  int column;  // of the frame posteriors; kAnyPhone: the best phone of each row
  bool optional;
  std::size_t first_row, end_row;  // the rows it may take
  std::size_t event;
  std::vector<std::uint8_t> steps;  // a row: how many states back the best predecessor lies
};

std::vector<ChainState> make_chain(const ReadingPath& path, const std::vector<std::vector<TokenVariant>>& tokens,
                                   std::size_t row_count, std::size_t slack_rows) {
  std::vector<ChainState> chain;
  const auto add = [&](int column, bool optional, std::size_t event) {
    const ReadingEvent& rows = path.events[event];
    const std::size_t first = rows.begin_row - std::min(rows.begin_row, slack_rows);
    chain.push_back({column, optional, first, std::min(row_count, rows.end_row + slack_rows), event, {}});
  };
  for (std::size_t e = 0; e < path.events.size(); ++e) {
    const ReadingEvent& event = path.events[e];
    add(kBlankColumn, true, e);
    if (event.kind == ReadingEvent::Kind::kOtherSpeech) {
      add(kAnyPhone, false, e);
      continue;
    }
    for (const PhoneId phone : tokens[event.token][event.variant].phones) add(phone + 1, false, e);
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
  ChainAlignment(const Posteriors& posteriors, std::vector<ChainState> chain)
      : posteriors_(posteriors), chain_(std::move(chain)), score_(chain_.size(), kImpossible) {}

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
    const auto frame = posteriors_.frame_row(row);
    if (column != kAnyPhone) return frame[static_cast<std::size_t>(column)];
    return *std::max_element(frame.begin() + 1, frame.end());
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
  std::vector<ChainState> chain_;
  std::vector<float> score_;
};

std::vector<std::vector<RowSpan>> phones_of_events(const std::vector<ChainState>& chain,
                                                   const std::vector<std::size_t>& states,
                                                   const ReadingPath& path) {
  std::vector<RowSpan> rows(chain.size());
  for (std::size_t row = states.size(); row-- > 0;) {
    RowSpan& span = rows[states[row]];
    if (span.end == 0) span.end = row + 1;
    span.begin = row;
  }
  std::vector<std::vector<RowSpan>> phones(path.events.size());
  for (std::size_t i = 0; i < chain.size(); ++i) {
    const bool is_phone = chain[i].column > kBlankColumn;
    if (is_phone) phones[chain[i].event].push_back(rows[i]);
  }
  return phones;
}

}  // namespace

double row_begin_s(const Posteriors& posteriors, std::size_t row) { return posteriors.time_s(row) - kFrameS / 2; }
double row_end_s(const Posteriors& posteriors, std::size_t row) { return posteriors.time_s(row) + kFrameS / 2; }

Result<std::vector<std::vector<RowSpan>>> align_phones(const Posteriors& posteriors, const ReadingPath& path,
                                                       const std::vector<std::vector<TokenVariant>>& tokens) {
  if (path.events.empty()) return std::vector<std::vector<RowSpan>>{};
  for (const std::size_t slack_rows : {kSlackRows, posteriors.frame_count()}) {
    std::vector<ChainState> chain = make_chain(path, tokens, posteriors.frame_count(), slack_rows);
    order_windows(chain);
    const std::vector<std::size_t> states = ChainAlignment(posteriors, chain).run();
    if (!states.empty()) return phones_of_events(chain, states, path);
  }
  return Status(Code::kNoAlignment, "the text has more phones than the recording has frames");
}

}  // namespace saywell
