#include "align/reading_path.h"

#include <algorithm>
#include <cstdint>

#include "align/event_links.h"
#include "align/phone_loop.h"

namespace saywell {
namespace {

constexpr float kImpossible = -1e30F;
constexpr float kNeverSkipped = 100;  // phones of a token, for the price of leaving it out

struct Cell {
  float score = kImpossible;
  EventLink link = kNoLink;
  std::int32_t entered_row = 0;
};

const Cell& better(const Cell& a, const Cell& b) { return a.score >= b.score ? a : b; }

Cell plus(Cell cell, float score) {
  cell.score += score;
  return cell;
}

RowSpan all_rows(const Posteriors& posteriors) { return {0, posteriors.frame_count()}; }

// The search's state for one pronunciation variant of one token.
class VariantSearch {
 public:
  VariantSearch(const TokenVariant& variant, const ReadingPrices& prices)
      : phones_(&variant.phones),
        missing_price_(prices.phone_missing),
        phone_(variant.phones.size()),
        gap_(variant.phones.size() + 1) {}

  // Takes one row: `enter` is the best path that may begin the token here, `inner_gap` the emission
  // between its phones.
  void advance(const Cell& enter, std::span<const float> ctc, float inner_gap) {
    const std::size_t last = phones_->size() - 1;
    Cell arriving = better(enter, gap_[0]);
    gap_[0] = plus(better(gap_[0], enter), ctc[kBlankColumn]);
    for (std::size_t k = 0; k <= last; ++k) {
      const Cell old_phone = phone_[k], old_gap = gap_[k + 1];
      phone_[k] = plus(better(old_phone, arriving), ctc[(*phones_)[k] + 1U]);
      gap_[k + 1] = plus(better(old_gap, old_phone), k < last ? inner_gap : ctc[kBlankColumn]);
      arriving = better(better(old_phone, old_gap), plus(arriving, -missing_price_));
    }
  }

  // The best path that may leave the token after the last row; its last phones may be missing.
  Cell leaving() const {
    Cell best;
    for (std::size_t k = 0; k < phone_.size(); ++k) {
      best = better(better(phone_[k], gap_[k + 1]), plus(best, -missing_price_));
    }
    return best;
  }

  float best_score() const {
    float best = gap_[0].score;
    for (std::size_t k = 0; k < phone_.size(); ++k)
      best = std::max({best, phone_[k].score, gap_[k + 1].score});
    return best;
  }

  void list_links(std::vector<EventLink*>& links) {
    for (Cell& cell : phone_) links.push_back(&cell.link);
    for (Cell& cell : gap_) links.push_back(&cell.link);
  }

  void clear() {
    std::fill(phone_.begin(), phone_.end(), Cell());
    std::fill(gap_.begin(), gap_.end(), Cell());
  }

 private:
  const std::vector<PhoneId>* phones_;
  float missing_price_;
  std::vector<Cell> phone_;
  std::vector<Cell> gap_;  // [0] before the first phone, [k + 1] after phone k
};

class ReadingSearch {
 public:
  ReadingSearch(const Posteriors& posteriors, const std::vector<std::vector<TokenVariant>>& tokens,
                const ReadingPrices& prices, const std::vector<TokenBelief>& beliefs)
      : posteriors_(posteriors),
        prices_(prices),
        beliefs_(beliefs),
        boundary_(tokens.size() + 1),
        other_(tokens.size() + 1),
        other_emissions_(
            phone_loop_emissions(posteriors, all_rows(posteriors), prices.other_phone)),
        unread_emissions_(
            phone_loop_emissions(posteriors, all_rows(posteriors), prices.unread_phone)),
        added_emissions_(
            phone_loop_emissions(posteriors, all_rows(posteriors), prices.phone_added)) {
    for (const auto& variants : tokens) {
      searches_.emplace_back();
      for (const TokenVariant& variant : variants) searches_.back().emplace_back(variant, prices);
      token_phones_.push_back(static_cast<float>(variants.front().phones.size()));
    }
    beliefs_.resize(tokens.size(), TokenBelief::kOpen);
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      if (is_unread(i)) token_phones_[i] = 0;
      if (beliefs_[i] == TokenBelief::kRead) token_phones_[i] = kNeverSkipped;
    }
    active_.assign(tokens.size(), false);
    boundary_[0].score = 0;
    skip_tokens();
  }

  ReadingPath run() {
    for (std::size_t row = 0; row < posteriors_.frame_count(); ++row) {
      advance_states(row);
      leave_states(row);
      skip_tokens();
      drop_hopeless();
      if (links_.is_crowded()) collect_links();
    }
    return {links_.events_to(boundary_.back().link), boundary_.back().score};
  }

 private:
  bool is_unread(std::size_t token) const {
    return beliefs_[token] == TokenBelief::kUnread || beliefs_[token] == TokenBelief::kLeftOut;
  }

  // Whether something else may have been said there instead of a token.
  bool beside_unread(std::size_t boundary) const {
    return (boundary > 0 && beliefs_[boundary - 1] == TokenBelief::kUnread) ||
           (boundary < beliefs_.size() && beliefs_[boundary] == TokenBelief::kUnread);
  }

  bool hopeless(float score) const { return score < best_score_ - prices_.beam; }

  void advance_states(std::size_t row) {
    best_score_ = kImpossible;
    for (std::size_t i = 0; i < boundary_.size(); ++i) {
      Cell enter = boundary_[i];
      enter.entered_row = static_cast<std::int32_t>(row);
      const bool near = beside_unread(i);
      const Cell begin_other = plus(enter, near ? -prices_.unread_speech : -prices_.other_speech);
      other_[i] = plus(better(other_[i], begin_other),
                       near ? unread_emissions_[row] : other_emissions_[row]);
      best_score_ = std::max(best_score_, other_[i].score);
      if (i == searches_.size() || is_unread(i) || (!active_[i] && enter.score <= kImpossible))
        continue;
      active_[i] = true;
      for (VariantSearch& search : searches_[i]) {
        search.advance(enter, posteriors_.ctc_row(row), added_emissions_[row]);
      }
    }
  }

  // New boundary scores: out of tokens and other speech that may end with `row`, and back to
  // earlier tokens. A link is made for every end that is still in the beam.
  void leave_states(std::size_t row) {
    const auto end_row = static_cast<std::size_t>(row + 1);
    for (Cell& cell : boundary_) cell = Cell();
    for (std::size_t i = 0; i < searches_.size(); ++i) {
      if (!active_[i]) continue;
      leave_token(i, end_row);
    }
    for (std::size_t i = 0; i < other_.size(); ++i) {
      if (hopeless(other_[i].score) || other_[i].score <= boundary_[i].score) continue;
      const auto begin = static_cast<std::size_t>(other_[i].entered_row);
      boundary_[i] = linked(other_[i], {ReadingEvent::Kind::kOtherSpeech, i, 0, begin, end_row});
    }
  }

  void leave_token(std::size_t token, std::size_t end_row) {
    Cell best;
    std::size_t best_variant = 0;
    for (std::size_t v = 0; v < searches_[token].size(); ++v) {
      best_score_ = std::max(best_score_, searches_[token][v].best_score());
      const Cell leaving = searches_[token][v].leaving();
      if (leaving.score <= best.score) continue;
      best = leaving;
      best_variant = v;
    }
    if (best.score <= kImpossible || hopeless(best.score)) return;
    const auto begin = static_cast<std::size_t>(best.entered_row);
    const Cell left =
        linked(best, {ReadingEvent::Kind::kToken, token, best_variant, begin, end_row});
    boundary_[token + 1] = better(boundary_[token + 1], left);
    const Cell again = plus(left, -prices_.said_again);
    const std::size_t back =
        std::min<std::size_t>(token + 1, static_cast<std::size_t>(prices_.max_back_tokens));
    for (std::size_t i = token + 1 - back; i <= token; ++i)
      boundary_[i] = better(boundary_[i], again);
  }

  Cell linked(const Cell& cell, const ReadingEvent& event) {
    Cell next = cell;
    next.link = links_.add(cell.link, event);
    return next;
  }

  // Leaving out tokens takes no time. A run's price rises with its phones up to a limit, so the
  // cheapest way to a boundary is one run from one of the boundaries before it: the running minimum
  // for short runs, the best start of all for long ones.
  void skip_tokens() {
    Cell short_run, long_run;
    for (std::size_t i = 0; i + 1 < boundary_.size(); ++i) {
      const Cell start = plus(boundary_[i], -prices_.token_skipped);
      short_run = plus(better(short_run, start), -prices_.phone_skipped * token_phones_[i]);
      long_run = better(long_run, plus(start, -prices_.run_skipped));
      boundary_[i + 1] = better(boundary_[i + 1], better(short_run, long_run));
    }
  }

  void drop_hopeless() {
    for (std::size_t i = 0; i < boundary_.size(); ++i) {
      if (hopeless(boundary_[i].score)) boundary_[i] = Cell();
      if (hopeless(other_[i].score)) other_[i] = Cell();
      if (i == searches_.size() || !active_[i]) continue;
      active_[i] =
          std::any_of(searches_[i].begin(), searches_[i].end(),
                      [&](const VariantSearch& search) { return !hopeless(search.best_score()); });
      if (!active_[i]) {
        for (VariantSearch& search : searches_[i]) search.clear();
      }
    }
  }

  void collect_links() {
    std::vector<EventLink*> alive;
    for (Cell& cell : boundary_) alive.push_back(&cell.link);
    for (Cell& cell : other_) alive.push_back(&cell.link);
    for (std::size_t i = 0; i < searches_.size(); ++i) {
      if (!active_[i]) continue;  // cleared
      for (VariantSearch& search : searches_[i]) search.list_links(alive);
    }
    links_.collect(alive);
  }

  const Posteriors& posteriors_;
  const ReadingPrices& prices_;
  std::vector<TokenBelief> beliefs_;
  std::vector<std::vector<VariantSearch>> searches_;
  std::vector<float> token_phones_;
  std::vector<bool> active_;    // a token: some variant's state is in the beam
  std::vector<Cell> boundary_;  // [i]: before token i; the last one: after all
  std::vector<Cell> other_;     // other speech at that boundary
  std::vector<float> other_emissions_, unread_emissions_, added_emissions_;
  EventLinks links_;
  float best_score_ = 0;
};

}  // namespace

ReadingPath find_reading_path(const Posteriors& posteriors,
                              const std::vector<std::vector<TokenVariant>>& tokens,
                              const ReadingPrices& prices,
                              const std::vector<TokenBelief>& beliefs) {
  return ReadingSearch(posteriors, tokens, prices, beliefs).run();
}

}  // namespace saywell
