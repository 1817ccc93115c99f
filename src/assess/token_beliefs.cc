#include "assess/token_beliefs.h"

#include <algorithm>
#include <cmath>

namespace saywell {
namespace {

// The log odds of a token not having been read begin with the classifier's, lowered because
// training shows it more such tokens than readings have. Added: what speaks against the token as a
// whole; how well its neighbours were read, since a word that was not said takes frames from its
// neighbour, so that both look unread and among good neighbours it is conspicuous; and whether
// something else was said beside it. Weights by the F1 of readings with one miscue, of two folds of
// learners.
constexpr double kTooManyInTraining = 0.8;
constexpr double kEvidenceWeight = 0.29;
constexpr double kNeutralEvidence = 4.0;  // nats per phone that are neutral
constexpr double kNeighbourWeight = 0.4;
constexpr double kMaxNeighbour = 5;
constexpr double kOtherSpeechWeight = 1.5;

// For a token that the search passed over: the classifier's probability of an insertion there below
// which nothing was said instead of it.
constexpr double kNothingSaid = 0.1;

// The classifier's probability from which on the second search must not omit a token.
constexpr double kSurelyRead = 0.7;

double log_odds(double probability) {
  constexpr double kFloor = 1e-4;
  return std::log((probability + kFloor) / (1 - probability + kFloor));
}

class BeliefMaker {
 public:
  BeliefMaker(const Alignment& alignment, const TextMiscueProbabilities& probabilities)
      : alignment_(alignment), probabilities_(probabilities) {}

  TokenBelief belief(std::size_t token) const {
    if (!alignment_.is_matched(token)) {
      return probabilities_.insertions[token] < kNothingSaid ? TokenBelief::kOmitted
                                                             : TokenBelief::kUnread;
    }
    if (unread_log_odds(token) > 0) return TokenBelief::kUnread;
    return read(token) >= kSurelyRead ? TokenBelief::kRead : TokenBelief::kOpen;
  }

 private:
  double read(std::size_t token) const { return probabilities_.tokens[token].read; }

  double unread_log_odds(std::size_t token) const {
    const std::size_t event = *alignment_.last_attempt(token);
    const auto phones = static_cast<double>(alignment_.phones(token).size());
    const double evidence = alignment_.events()[event].evidence - kNeutralEvidence * phones;
    const double other_speech =
        std::max(probabilities_.insertions[token], probabilities_.insertions[token + 1]);
    return kEvidenceWeight * evidence + kNeighbourWeight * worst_neighbour(event) +
           kOtherSpeechWeight * other_speech - kTooManyInTraining - log_odds(read(token));
  }

  // The log odds of having been read of the tokens that were heard beside an event, the lesser.
  double worst_neighbour(std::size_t event) const {
    const std::vector<AlignedEvent>& events = alignment_.events();
    double worst = kMaxNeighbour;
    const auto look_at = [&](const AlignedEvent& neighbour) {
      if (neighbour.is_token()) worst = std::min(worst, log_odds(read(neighbour.token)));
    };
    if (event > 0) look_at(events[event - 1]);
    if (event + 1 < events.size()) look_at(events[event + 1]);
    return worst;
  }

  const Alignment& alignment_;
  const TextMiscueProbabilities& probabilities_;
};

}  // namespace

std::vector<TokenBelief> token_beliefs(const Alignment& alignment,
                                       const TextMiscueProbabilities& probabilities) {
  const BeliefMaker maker(alignment, probabilities);
  std::vector<TokenBelief> beliefs;
  for (std::size_t token = 0; token < alignment.token_count(); ++token)
    beliefs.push_back(maker.belief(token));
  const bool all_read = std::none_of(beliefs.begin(), beliefs.end(), [](TokenBelief belief) {
    return belief == TokenBelief::kUnread || belief == TokenBelief::kOmitted;
  });
  return all_read ? std::vector<TokenBelief>() : beliefs;
}

}  // namespace saywell
