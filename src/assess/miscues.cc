#include "assess/miscues.h"

#include <algorithm>
#include <utility>

#include "base/sound_distance.h"

namespace saywell {
namespace {

// The probabilities from which on a miscue is reported, by the F1 of readings with one miscue, of
// two folds of learners: less where the search, too, found something there.
constexpr double kRepetition = 0.2, kRepetitionAndFound = 0.05;
constexpr double kInsertion = 0.4, kInsertionAndFound = 0.25;
// The probability from which on something was said in the place of a token that the search passed
// over without finding anything else.
constexpr double kSaidInstead = 0.6;

// Speech that is no word of the text, or an earlier attempt at one, until it is explained.
struct Stretch {
  std::size_t boundary;  // the token behind it, or the number of tokens
  std::optional<std::size_t> attempted_token;
  FrameSpan frames;
  std::vector<DecodedPhone> phones;
  bool is_explained = false;
};

class MiscueFinder {
 public:
  MiscueFinder(const Posteriors& posteriors, const Alignment& alignment,
               const TextMiscueProbabilities& probabilities)
      : posteriors_(posteriors), alignment_(alignment), probabilities_(probabilities) {}

  Miscues find() {
    for (std::size_t token = 0; token < token_count(); ++token) explain_token(token);
    for (std::size_t e = 0; e < alignment_.events().size(); ++e) list_stretch(e);
    for (std::size_t token = 0; token < token_count(); ++token) {
      if (was_read(token)) find_repetition(token);
    }
    for (std::size_t boundary = 0; boundary <= token_count(); ++boundary) find_insertion(boundary);
    for (const Stretch& stretch : stretches_) {
      if (!stretch.is_explained && !is_beside_substitution(stretch.boundary))
        add_extra(ExtraSpeech::Kind::kNoise, stretch.boundary, stretch.frames);
    }
    std::stable_sort(
        miscues_.extra.begin(), miscues_.extra.end(),
        [](const ExtraEvent& a, const ExtraEvent& b) { return a.frames.begin < b.frames.begin; });
    return std::move(miscues_);
  }

 private:
  std::size_t token_count() const { return alignment_.token_count(); }

  bool is_substituted(std::size_t token) const {
    return token < token_count() && alignment_.is_substituted(token);
  }

  // A word said instead of a shorter one spreads beyond its place: it is one word, not one more.
  bool is_beside_substitution(std::size_t boundary) const {
    return is_substituted(boundary) || (boundary > 0 && is_substituted(boundary - 1));
  }

  bool was_read(std::size_t token) const {
    return alignment_.is_matched(token) && !alignment_.is_substituted(token);
  }

  // Whether its neighbours were heard: one word was said instead of one, not of a line.
  bool is_single(std::size_t token) const {
    return (token == 0 || alignment_.is_matched(token - 1)) &&
           (token + 1 == token_count() || alignment_.is_matched(token + 1));
  }

  void explain_token(std::size_t token) {
    TokenMiscue miscue;
    if (alignment_.is_substituted(token)) {
      miscue = substitution(frames_of(*alignment_.last_attempt(token)));
    } else if (!alignment_.is_matched(token)) {
      miscue.miscue = Miscue::kOmission;
      if (is_single(token) && probabilities_.insertions[token] >= kSaidInstead)
        miscue = substitution(between(token));
    }
    miscues_.tokens.push_back(std::move(miscue));
  }

  TokenMiscue substitution(FrameSpan frames) const {
    return {Miscue::kSubstitution, frames, greedy_decode(posteriors_, frames)};
  }

  FrameSpan frames_of(std::size_t event) const {
    const std::vector<AlignedPhone>& phones = alignment_.events()[event].phones;
    return {phones.front().frames.begin, phones.back().frames.end};
  }

  void list_stretch(std::size_t e) {
    const AlignedEvent& event = alignment_.events()[e];
    if (event.is_other_speech()) {
      std::vector<DecodedPhone> phones = greedy_decode(posteriors_, event.frames);
      if (phones.empty()) return;
      miscues_.other_phones += phones.size();
      const FrameSpan frames{phones.front().first_frame, phones.back().first_frame + 1};
      stretches_.push_back({event.token, {}, frames, std::move(phones)});
    } else if (!alignment_.is_last_attempt(e)) {
      const FrameSpan frames = frames_of(e);
      stretches_.push_back({event.token, event.token, frames, greedy_decode(posteriors_, frames)});
    }
  }

  // Of the stretches beside a token the one that sounds most like it; its earlier attempts first.
  Stretch* earlier_attempt_at(std::size_t token) {
    const std::vector<PhoneId>& asked = alignment_.variant(token).phones;
    Stretch* best = nullptr;
    double nearest = 0;
    for (Stretch& stretch : stretches_) {
      const bool is_beside = stretch.boundary == token || stretch.boundary == token + 1;
      const bool is_candidate =
          stretch.attempted_token ? stretch.attempted_token == token : is_beside;
      if (stretch.is_explained || !is_candidate) continue;
      const double distance =
          stretch.attempted_token ? -1 : sound_distance(ids_of(stretch.phones), asked);
      if (best != nullptr && distance >= nearest) continue;
      best = &stretch;
      nearest = distance;
    }
    return best;
  }

  void find_repetition(std::size_t token) {
    const double probability = probabilities_.tokens[token].repetition;
    if (probability < kRepetitionAndFound) return;
    Stretch* stretch = earlier_attempt_at(token);
    const bool is_found = stretch != nullptr && stretch->attempted_token;
    if (!is_found && probability < kRepetition) return;
    miscues_.tokens[token].miscue = Miscue::kRepetition;
    add_extra(ExtraSpeech::Kind::kRepetition, token, explain(stretch, token));
    miscues_.extra.back().attempted_token = token;
  }

  void find_insertion(std::size_t boundary) {
    if (is_beside_substitution(boundary)) return;
    Stretch* longest = nullptr;
    for (Stretch& stretch : stretches_) {
      if (stretch.boundary != boundary || stretch.is_explained) continue;
      if (longest == nullptr || stretch.phones.size() > longest->phones.size()) longest = &stretch;
    }
    const bool is_between_read = (boundary == 0 || was_read(boundary - 1)) &&
                                 (boundary == token_count() || was_read(boundary));
    if (longest == nullptr && !is_between_read) return;
    const double least = longest != nullptr ? kInsertionAndFound : kInsertion;
    if (probabilities_.insertions[boundary] < least) return;
    add_extra(ExtraSpeech::Kind::kInsertion, boundary, explain(longest, boundary));
  }

  // The frames of a stretch, which is then explained; without one, those at the boundary.
  FrameSpan explain(Stretch* stretch, std::size_t boundary) const {
    if (stretch == nullptr) return between(boundary);
    stretch->is_explained = true;
    return stretch->frames;
  }

  // The frames between the last token heard before a boundary and the first behind it; one at
  // least.
  FrameSpan between(std::size_t boundary) const {
    FrameSpan frames{0, posteriors_.frame_count()};
    for (std::size_t token = 0; token < token_count(); ++token) {
      if (!alignment_.is_matched(token)) continue;
      const FrameSpan of_token = frames_of(*alignment_.last_attempt(token));
      if (token >= boundary) {
        frames.end = of_token.begin;
        break;
      }
      frames.begin = of_token.end;
    }
    if (frames.end > frames.begin) return frames;
    const std::size_t frame = std::min(frames.begin, posteriors_.frame_count() - 1);
    return {frame, frame + 1};
  }

  void add_extra(ExtraSpeech::Kind kind, std::size_t boundary, FrameSpan frames) {
    ExtraEvent extra;
    extra.kind = kind;
    extra.after = static_cast<int>(boundary) - 1;
    extra.frames = frames;
    extra.phones = greedy_decode(posteriors_, frames);
    miscues_.extra.push_back(std::move(extra));
  }

  const Posteriors& posteriors_;
  const Alignment& alignment_;
  const TextMiscueProbabilities& probabilities_;
  std::vector<Stretch> stretches_;
  Miscues miscues_;
};

}  // namespace

Miscues find_miscues(const Posteriors& posteriors, const Alignment& alignment,
                     const TextMiscueProbabilities& probabilities) {
  return MiscueFinder(posteriors, alignment, probabilities).find();
}

}  // namespace saywell
