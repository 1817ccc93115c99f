#include "assess/miscues.h"

#include <algorithm>

#include "base/sound_distance.h"

namespace saywell {
namespace {

// The judge's probabilities from which on a miscue is told, by the F1 of readings with one miscue,
// of two folds of learners: less where the search, too, found something there.
constexpr double kSaidAgain = 0.2, kSaidAgainAndFound = 0.05;
constexpr double kPutIn = 0.4, kPutInAndFound = 0.25;
// Where the search passed over a token and found nothing else, that something was said there.
constexpr double kSaidInstead = 0.6;

// Speech that is no word of the text, or an earlier try of one, until it is explained.
struct Stretch {
  std::size_t boundary;  // the token behind it, or the number of tokens
  std::optional<std::size_t> tried;
  RowSpan rows;
  std::vector<HeardPhone> heard;
  bool is_explained = false;
};

class MiscueFinder {
 public:
  MiscueFinder(const Posteriors& posteriors, const Reading& reading, const TextVerdict& verdict)
      : posteriors_(posteriors), reading_(reading), verdict_(verdict) {}

  Miscues find() {
    for (std::size_t token = 0; token < reading_.tokens.size(); ++token) explain_token(token);
    for (std::size_t e = 0; e < reading_.path.events.size(); ++e) list_stretch(e);
    for (std::size_t token = 0; token < reading_.tokens.size(); ++token) {
      if (was_read(token)) find_earlier_try(token);
    }
    for (std::size_t boundary = 0; boundary <= reading_.tokens.size(); ++boundary)
      find_word_put_in(boundary);
    for (const Stretch& stretch : stretches_) {
      if (!stretch.is_explained && !is_beside_replaced(stretch.boundary))
        add_extra(ExtraSpeech::Kind::kNoise, stretch.boundary, stretch.rows);
    }
    std::stable_sort(
        miscues_.extra.begin(), miscues_.extra.end(),
        [](const ExtraEvent& a, const ExtraEvent& b) { return a.rows.begin < b.rows.begin; });
    return std::move(miscues_);
  }

 private:
  bool is_replaced(std::size_t token) const {
    return token < reading_.tokens.size() && reading_.tokens[token].replaced;
  }

  // What was said instead of a shorter word spreads beyond its place: it is one word, not one more.
  bool is_beside_replaced(std::size_t boundary) const {
    return is_replaced(boundary) || (boundary > 0 && is_replaced(boundary - 1));
  }

  bool was_read(std::size_t token) const {
    return reading_.tokens[token].event && !reading_.tokens[token].replaced;
  }

  // Whether its neighbours were heard: one word was said for one, not for a line.
  bool stands_alone(std::size_t token) const {
    return (token == 0 || reading_.tokens[token - 1].event) &&
           (token + 1 == reading_.tokens.size() || reading_.tokens[token + 1].event);
  }

  void explain_token(std::size_t token) {
    const ReadToken& read = reading_.tokens[token];
    TokenMiscue miscue;
    if (read.replaced) {
      miscue = said_instead(rows_of(*read.event));
    } else if (!read.event) {
      miscue.miscue = Miscue::kOmission;
      if (stands_alone(token) && verdict_.put_in[token] >= kSaidInstead)
        miscue = said_instead(between(token));
    }
    miscues_.tokens.push_back(std::move(miscue));
  }

  TokenMiscue said_instead(RowSpan rows) const {
    return {Miscue::kSubstitution, rows, hear_phones(posteriors_, rows)};
  }

  RowSpan rows_of(std::size_t event) const {
    const std::vector<RowSpan>& phones = reading_.event_phones[event];
    return {phones.front().begin, phones.back().end};
  }

  void list_stretch(std::size_t e) {
    const ReadingEvent& event = reading_.path.events[e];
    if (event.kind == ReadingEvent::Kind::kOtherSpeech) {
      std::vector<HeardPhone> heard = hear_phones(posteriors_, {event.begin_row, event.end_row});
      if (heard.empty()) return;
      miscues_.other_phones += heard.size();
      const RowSpan rows{heard.front().row, heard.back().row + 1};
      stretches_.push_back({event.token, {}, rows, std::move(heard)});
    } else if (reading_.tokens[event.token].event != e) {
      const RowSpan rows = rows_of(e);
      stretches_.push_back({event.token, event.token, rows, hear_phones(posteriors_, rows)});
    }
  }

  // Of the stretches beside a token the one that sounds most like it; its earlier tries first.
  Stretch* earlier_try_of(std::size_t token) {
    const std::vector<PhoneId>& phones =
        reading_.variants[token][reading_.tokens[token].variant].phones;
    Stretch* best = nullptr;
    double nearest = 0;
    for (Stretch& stretch : stretches_) {
      const bool is_beside = stretch.boundary == token || stretch.boundary == token + 1;
      if (stretch.is_explained || !(stretch.tried ? stretch.tried == token : is_beside)) continue;
      const double distance = stretch.tried ? -1 : sound_distance(ids_of(stretch.heard), phones);
      if (best != nullptr && distance >= nearest) continue;
      best = &stretch;
      nearest = distance;
    }
    return best;
  }

  void find_earlier_try(std::size_t token) {
    const double said_again = verdict_.tokens[token].said_again;
    if (said_again < kSaidAgainAndFound) return;
    Stretch* stretch = earlier_try_of(token);
    const bool is_found = stretch != nullptr && stretch->tried;
    if (!is_found && said_again < kSaidAgain) return;
    miscues_.tokens[token].miscue = Miscue::kRepetition;
    add_extra(ExtraSpeech::Kind::kRepetition, token, explain(stretch, token));
    miscues_.extra.back().said_again = token;
  }

  void find_word_put_in(std::size_t boundary) {
    if (is_beside_replaced(boundary)) return;
    Stretch* longest = nullptr;
    for (Stretch& stretch : stretches_) {
      if (stretch.boundary != boundary || stretch.is_explained) continue;
      if (longest == nullptr || stretch.heard.size() > longest->heard.size()) longest = &stretch;
    }
    const bool is_between_read = (boundary == 0 || was_read(boundary - 1)) &&
                                 (boundary == reading_.tokens.size() || was_read(boundary));
    if (longest == nullptr && !is_between_read) return;
    if (verdict_.put_in[boundary] < (longest != nullptr ? kPutInAndFound : kPutIn)) return;
    add_extra(ExtraSpeech::Kind::kInsertion, boundary, explain(longest, boundary));
  }

  // The rows of a stretch, which is then explained; without one, those at the boundary.
  RowSpan explain(Stretch* stretch, std::size_t boundary) const {
    if (stretch == nullptr) return between(boundary);
    stretch->is_explained = true;
    return stretch->rows;
  }

  // The rows between the last token heard before a boundary and the first behind it; one at least.
  RowSpan between(std::size_t boundary) const {
    RowSpan rows{0, posteriors_.frame_count()};
    for (std::size_t token = 0; token < reading_.tokens.size(); ++token) {
      if (!reading_.tokens[token].event) continue;
      const RowSpan of_token = rows_of(*reading_.tokens[token].event);
      if (token >= boundary) {
        rows.end = of_token.begin;
        break;
      }
      rows.begin = of_token.end;
    }
    if (rows.end > rows.begin) return rows;
    const std::size_t row = std::min(rows.begin, posteriors_.frame_count() - 1);
    return {row, row + 1};
  }

  void add_extra(ExtraSpeech::Kind kind, std::size_t boundary, RowSpan rows) {
    ExtraEvent extra;
    extra.kind = kind;
    extra.after = static_cast<int>(boundary) - 1;
    extra.rows = rows;
    extra.phones = hear_phones(posteriors_, rows);
    miscues_.extra.push_back(std::move(extra));
  }

  const Posteriors& posteriors_;
  const Reading& reading_;
  const TextVerdict& verdict_;
  std::vector<Stretch> stretches_;
  Miscues miscues_;
};

}  // namespace

Miscues find_miscues(const Posteriors& posteriors, const Reading& reading,
                     const TextVerdict& verdict) {
  return MiscueFinder(posteriors, reading, verdict).find();
}

}  // namespace saywell
