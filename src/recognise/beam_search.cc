#include "recognise/beam_search.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/status_macros.h"

namespace saywell {
namespace {

constexpr float kNever = -1e30F;

// A run of tokens said this often, with this many tokens in all, is a loop. "No, no, no, no" is
// eight tokens.
constexpr std::size_t kMaxLoopRun = 16, kMinLoopRuns = 3, kMinLoopTokens = 12;

// A way to go on from row `row` of the step.
struct Continuation {
  std::size_t row;
  TokenId token;
  float log_prob;  // of this token
  float total;     // of the hypothesis with it
};

class BeamSearch {
 public:
  BeamSearch(NextTokens& next_tokens, const BeamOptions& options)
      : next_tokens_(next_tokens), options_(options), live_(1), rows_(1) {}

  Result<std::vector<Hypothesis>> run(const Deadline& deadline) {
    while (!live_.empty() && !is_decided()) {
      RETURN_IF_ERROR(deadline.check());
      ASSIGN_OR_RETURN(const std::span<const float> log_probs, next_tokens_.next(rows_));
      advance(likeliest_continuations(log_probs));
    }
    std::stable_sort(ended_.begin(), ended_.end(), [](const Hypothesis& a, const Hypothesis& b) {
      const bool a_lost = a.looped || a.cut_off, b_lost = b.looped || b.cut_off;
      return a_lost != b_lost ? b_lost : a.score > b.score;
    });
    if (ended_.size() > options_.width) ended_.resize(options_.width);
    return ended_;
  }

 private:
  static float total_of(const Hypothesis& hypothesis) {
    return std::accumulate(hypothesis.log_probs.begin(), hypothesis.log_probs.end(), 0.0F);
  }

  float score_of(float total, std::size_t token_count) const {
    return total / std::pow(static_cast<float>(std::max<std::size_t>(token_count, 1)),
                            options_.length_power);
  }

  // Whether no live hypothesis can still come before the ended ones: log probabilities only fall.
  bool is_decided() const {
    if (ended_.size() < options_.width) return false;
    float worst = 0;
    for (const Hypothesis& hypothesis : ended_) {
      if (hypothesis.looped || hypothesis.cut_off) return false;
      worst = std::min(worst, hypothesis.score);
    }
    return std::all_of(live_.begin(), live_.end(), [&](const Hypothesis& hypothesis) {
      return score_of(total_of(hypothesis), hypothesis.log_probs.size() + 1) <= worst;
    });
  }

  // Of every row the likeliest tokens, twice the beam's width, so that ends leave enough to go on.
  std::vector<Continuation> likeliest_continuations(std::span<const float> log_probs) const {
    const std::size_t vocabulary = next_tokens_.vocabulary_size();
    std::vector<Continuation> all;
    for (std::size_t row = 0; row < live_.size(); ++row) {
      const float total = total_of(live_[row]);
      std::vector<Continuation> best;
      for (const TokenId token : top_tokens(log_probs.subspan(row * vocabulary, vocabulary), row)) {
        const float log_prob = log_probs[row * vocabulary + static_cast<std::size_t>(token)];
        all.push_back({row, token, log_prob, total + log_prob});
      }
    }
    std::stable_sort(all.begin(), all.end(), [](const Continuation& a, const Continuation& b) {
      return a.total > b.total;
    });
    return all;
  }

  bool may_follow(std::size_t row, TokenId token) const {
    const Hypothesis& hypothesis = live_[row];
    if (token == kEndToken && hypothesis.tokens.empty() && !options_.allow_empty) return false;
    return !options_.allowed || options_.allowed(hypothesis.tokens, token);
  }

  std::vector<TokenId> top_tokens(std::span<const float> log_probs, std::size_t row) const {
    const std::size_t count = options_.width == 1 ? 1 : 2 * options_.width;
    std::vector<TokenId> top;  // best first
    for (std::size_t i = 0; i < log_probs.size(); ++i) {
      if (log_probs[i] <= kNever) continue;
      if (top.size() == count && log_probs[i] <= log_probs[static_cast<std::size_t>(top.back())])
        continue;
      const auto token = static_cast<TokenId>(i);
      if (!may_follow(row, token)) continue;
      const auto place = std::find_if(top.begin(), top.end(), [&](TokenId other) {
        return log_probs[static_cast<std::size_t>(other)] < log_probs[i];
      });
      top.insert(place, token);
      if (top.size() > count) top.pop_back();
    }
    return top;
  }

  void advance(const std::vector<Continuation>& continuations) {
    std::vector<Hypothesis> grown;
    rows_.clear();
    for (std::size_t rank = 0; rank < continuations.size() && grown.size() < options_.width;
         ++rank) {
      const Continuation& continuation = continuations[rank];
      Hypothesis hypothesis = live_[continuation.row];
      hypothesis.log_probs.push_back(continuation.log_prob);
      if (continuation.token == kEndToken) {
        // Only an end that would have stayed in the beam is one.
        if (rank < options_.width) end(std::move(hypothesis));
        continue;
      }
      hypothesis.tokens.push_back(continuation.token);
      if (ends_lost(hypothesis)) {
        end(std::move(hypothesis));
        continue;
      }
      rows_.push_back({continuation.row, continuation.token});
      grown.push_back(std::move(hypothesis));
    }
    live_ = std::move(grown);
    if (ended_.size() > 4 * options_.width) live_.clear();
  }

  // Whether the speech was lost; the hypothesis is then cut where it was.
  bool ends_lost(Hypothesis& hypothesis) const {
    const std::size_t length = length_without_loop(hypothesis.tokens);
    hypothesis.looped = length < hypothesis.tokens.size();
    hypothesis.cut_off = hypothesis.tokens.size() >= options_.max_tokens;
    if (hypothesis.looped) {
      hypothesis.tokens.resize(length);
      hypothesis.log_probs.resize(length);
    }
    return hypothesis.looped || hypothesis.cut_off;
  }

  void end(Hypothesis hypothesis) {
    hypothesis.score = score_of(total_of(hypothesis), hypothesis.log_probs.size());
    ended_.push_back(std::move(hypothesis));
  }

  NextTokens& next_tokens_;
  const BeamOptions& options_;
  std::vector<Hypothesis> live_, ended_;
  std::vector<BeamRow> rows_;  // of live_
};

}  // namespace

float Hypothesis::mean_log_prob() const {
  if (log_probs.empty()) return 0;
  return std::accumulate(log_probs.begin(), log_probs.end(), 0.0F) /
         static_cast<float>(log_probs.size());
}

Result<std::vector<Hypothesis>> beam_search(NextTokens& next_tokens, const BeamOptions& options,
                                            const Deadline& deadline) {
  return BeamSearch(next_tokens, options).run(deadline);
}

std::size_t length_without_loop(std::span<const TokenId> tokens) {
  for (std::size_t run = 1; run <= kMaxLoopRun; ++run) {
    // The last tokens that are the same as those one run before them.
    std::size_t same = 0;
    while (same + run < tokens.size() &&
           tokens[tokens.size() - 1 - same] == tokens[tokens.size() - 1 - same - run]) {
      ++same;
    }
    const std::size_t runs = same / run + 1;
    if (runs >= kMinLoopRuns && same + run >= kMinLoopTokens)
      return tokens.size() - (runs - 1) * run;
  }
  return tokens.size();
}

}  // namespace saywell
