#include "align/alignment_path.h"

#include <algorithm>
#include <cstdint>

#include "align/event_links.h"
#include "align/log_likelihood.h"
#include "align/phone_loop.h"

namespace saywell {
namespace {

constexpr float kNeverOmitted = 100;  // phones of a token, for the cost of omitting it

struct Cell {
  float score = kImpossible;
  EventLink link = kNoLink;
  std::int32_t entered_frame = 0;
};

const Cell& better(const Cell& a, const Cell& b) { return a.score >= b.score ? a : b; }

Cell plus(Cell cell, float score) {
  cell.score += score;
  return cell;
}

FrameSpan all_frames(const Posteriors& posteriors) { return {0, posteriors.frame_count()}; }

// The search's state for one pronunciation variant of one token.
class VariantSearch {
 public:
  VariantSearch(const TokenVariant& variant, const AlignmentCosts& costs)
      : phones_(&variant.phones),
        missing_cost_(costs.missing_phone),
        phone_(variant.phones.size()),
        gap_(variant.phones.size() + 1) {}

  // Processes one frame: `enter` is the best path that may begin the token here, `inner_gap` the
  // emission between its phones.
  void advance(const Cell& enter, std::span<const float> ctc, float inner_gap) {
    const std::size_t last = phones_->size() - 1;
    Cell arriving = better(enter, gap_[0]);
    gap_[0] = plus(better(gap_[0], enter), ctc[kBlankColumn]);
    for (std::size_t k = 0; k <= last; ++k) {
      const Cell old_phone = phone_[k], old_gap = gap_[k + 1];
      phone_[k] = plus(better(old_phone, arriving), ctc[(*phones_)[k] + 1U]);
      gap_[k + 1] = plus(better(old_gap, old_phone), k < last ? inner_gap : ctc[kBlankColumn]);
      arriving = better(better(old_phone, old_gap), plus(arriving, -missing_cost_));
    }
  }

  // The best path that may leave the token after the last frame; its last phones may be missing.
  Cell leaving() const {
    Cell best;
    for (std::size_t k = 0; k < phone_.size(); ++k) {
      best = better(better(phone_[k], gap_[k + 1]), plus(best, -missing_cost_));
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
  float missing_cost_;
  std::vector<Cell> phone_;
  std::vector<Cell> gap_;  // [0] before the first phone, [k + 1] after phone k
};

class PathSearch {
 public:
  PathSearch(const Posteriors& posteriors, const TextVariants& text, const AlignmentCosts& costs,
             const std::vector<TokenBelief>& beliefs)
      : posteriors_(posteriors),
        costs_(costs),
        beliefs_(beliefs),
        boundary_(text.size() + 1),
        other_(text.size() + 1),
        other_emissions_(
            phone_loop_emissions(posteriors, all_frames(posteriors), costs.other_phone)),
        unread_emissions_(
            phone_loop_emissions(posteriors, all_frames(posteriors), costs.unread_phone)),
        foreign_emissions_(
            phone_loop_emissions(posteriors, all_frames(posteriors), costs.foreign_phone)) {
    for (const std::vector<TokenVariant>& variants : text) {
      searches_.emplace_back();
      for (const TokenVariant& variant : variants) searches_.back().emplace_back(variant, costs);
      token_phones_.push_back(static_cast<float>(variants.front().phones.size()));
    }
    beliefs_.resize(text.size(), TokenBelief::kOpen);
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (is_unread(i)) token_phones_[i] = 0;
      if (beliefs_[i] == TokenBelief::kRead) token_phones_[i] = kNeverOmitted;
    }
    active_.assign(text.size(), false);
    boundary_[0].score = 0;
    omit_tokens();
  }

  AlignmentPath run() {
    for (std::size_t frame = 0; frame < posteriors_.frame_count(); ++frame) {
      advance_states(frame);
      leave_states(frame);
      omit_tokens();
      drop_hopeless();
      if (links_.is_crowded()) collect_links();
    }
    return {links_.events_to(boundary_.back().link), boundary_.back().score};
  }

 private:
  bool is_unread(std::size_t token) const {
    return beliefs_[token] == TokenBelief::kUnread || beliefs_[token] == TokenBelief::kOmitted;
  }

  // Whether other speech may have replaced a token there.
  bool beside_unread(std::size_t boundary) const {
    return (boundary > 0 && beliefs_[boundary - 1] == TokenBelief::kUnread) ||
           (boundary < beliefs_.size() && beliefs_[boundary] == TokenBelief::kUnread);
  }

  bool hopeless(float score) const { return score < best_score_ - costs_.beam; }

  void advance_states(std::size_t frame) {
    best_score_ = kImpossible;
    for (std::size_t i = 0; i < boundary_.size(); ++i) {
      Cell enter = boundary_[i];
      enter.entered_frame = static_cast<std::int32_t>(frame);
      const bool near = beside_unread(i);
      const Cell begin_other = plus(enter, near ? -costs_.unread_speech : -costs_.other_speech);
      other_[i] = plus(better(other_[i], begin_other),
                       near ? unread_emissions_[frame] : other_emissions_[frame]);
      best_score_ = std::max(best_score_, other_[i].score);
      if (i == searches_.size() || is_unread(i) || (!active_[i] && enter.score <= kImpossible))
        continue;
      active_[i] = true;
      for (VariantSearch& search : searches_[i]) {
        search.advance(enter, posteriors_.ctc_at(frame), foreign_emissions_[frame]);
      }
    }
  }

  // New boundary scores: out of tokens and other speech that may end with `frame`, and back to
  // earlier tokens. A link is made for every end that is still in the beam.
  void leave_states(std::size_t frame) {
    const std::size_t end = frame + 1;
    for (Cell& cell : boundary_) cell = Cell();
    for (std::size_t i = 0; i < searches_.size(); ++i) {
      if (!active_[i]) continue;
      leave_token(i, end);
    }
    for (std::size_t i = 0; i < other_.size(); ++i) {
      if (hopeless(other_[i].score) || other_[i].score <= boundary_[i].score) continue;
      const auto begin = static_cast<std::size_t>(other_[i].entered_frame);
      boundary_[i] = linked(other_[i], {PathEvent::Kind::kOtherSpeech, i, 0, {begin, end}});
    }
  }

  void leave_token(std::size_t token, std::size_t end) {
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
    const auto begin = static_cast<std::size_t>(best.entered_frame);
    const Cell left = linked(best, {PathEvent::Kind::kToken, token, best_variant, {begin, end}});
    boundary_[token + 1] = better(boundary_[token + 1], left);
    const Cell again = plus(left, -costs_.repetition);
    const std::size_t back =
        std::min<std::size_t>(token + 1, static_cast<std::size_t>(costs_.max_back_tokens));
    for (std::size_t i = token + 1 - back; i <= token; ++i)
      boundary_[i] = better(boundary_[i], again);
  }

  Cell linked(const Cell& cell, const PathEvent& event) {
    Cell next = cell;
    next.link = links_.add(cell.link, event);
    return next;
  }

  // Omitting tokens takes no time. A run's cost rises with its phones up to a limit, so the
  // cheapest way to a boundary is one run from one of the boundaries before it: the running minimum
  // for short runs, the best start of all for long ones.
  void omit_tokens() {
    Cell short_run, long_run;
    for (std::size_t i = 0; i + 1 < boundary_.size(); ++i) {
      const Cell start = plus(boundary_[i], -costs_.omission);
      short_run = plus(better(short_run, start), -costs_.omitted_phone * token_phones_[i]);
      long_run = better(long_run, plus(start, -costs_.long_omission));
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
  const AlignmentCosts& costs_;
  std::vector<TokenBelief> beliefs_;
  std::vector<std::vector<VariantSearch>> searches_;
  std::vector<float> token_phones_;
  std::vector<bool> active_;    // per token: some variant's state is in the beam
  std::vector<Cell> boundary_;  // [i]: before token i; the last one: after all
  std::vector<Cell> other_;     // other speech at that boundary
  std::vector<float> other_emissions_, unread_emissions_, foreign_emissions_;
  EventLinks links_;
  float best_score_ = 0;
};

}  // namespace

AlignmentPath find_alignment_path(const Posteriors& posteriors, const TextVariants& text,
                                  const AlignmentCosts& costs,
                                  const std::vector<TokenBelief>& beliefs) {
  return PathSearch(posteriors, text, costs, beliefs).run();
}

}  // namespace saywell
