#include "assess/token_beliefs.h"

#include <algorithm>
#include <cmath>

namespace saywell {
namespace {

// The log odds of a token not having been read begin with the judge's, lowered because training
// shows it more such tokens than readings have. Added: what speaks against the token as a whole;
// how well its neighbours were read, since a word that was not said takes rows from its neighbour,
// so that both look unread and among good neighbours it stands out; and whether something else was
// said beside it. Weights by the F1 of readings with one miscue, of two folds of learners.
constexpr double kTooManyInTraining = 0.8;
constexpr double kEvidenceWeight = 0.29;
constexpr double kEvidenceAPhone = 4.0;  // nats a phone that speak neither for nor against
constexpr double kNeighbourWeight = 0.4;
constexpr double kMaxNeighbour = 5;
constexpr double kOtherSpeechWeight = 1.5;

// Where the search passed over a token: the judge's probability of other speech there under which
// nothing was said instead of it.
constexpr double kNothingSaid = 0.1;

// The judge's probability from which on the second search must not leave a token out.
constexpr double kSurelyRead = 0.7;

double log_odds(double probability) {
  constexpr double kFloor = 1e-4;
  return std::log((probability + kFloor) / (1 - probability + kFloor));
}

class TokenJudge {
 public:
  TokenJudge(const Analysis& analysis, const TextVerdict& verdict)
      : reading_(analysis.reading), verdict_(verdict) {}

  TokenBelief judge(std::size_t token) const {
    if (!reading_.tokens[token].event)
      return verdict_.put_in[token] < kNothingSaid ? TokenBelief::kLeftOut : TokenBelief::kUnread;
    if (unread_log_odds(token) > 0) return TokenBelief::kUnread;
    return read(token) >= kSurelyRead ? TokenBelief::kRead : TokenBelief::kOpen;
  }

 private:
  double read(std::size_t token) const { return verdict_.tokens[token].read; }

  double unread_log_odds(std::size_t token) const {
    const ReadToken& entry = reading_.tokens[token];
    const double phones = static_cast<double>(entry.end_phone - entry.first_phone);
    const double evidence = reading_.event_evidence[*entry.event] - kEvidenceAPhone * phones;
    const double other_speech = std::max(verdict_.put_in[token], verdict_.put_in[token + 1]);
    return kEvidenceWeight * evidence + kNeighbourWeight * worst_neighbour(*entry.event) +
           kOtherSpeechWeight * other_speech - kTooManyInTraining - log_odds(read(token));
  }

  // The log odds of having been read of the tokens that were heard beside an event, the lesser.
  double worst_neighbour(std::size_t event) const {
    const std::vector<ReadingEvent>& events = reading_.path.events;
    double worst = kMaxNeighbour;
    const auto look_at = [&](const ReadingEvent& neighbour) {
      if (neighbour.kind == ReadingEvent::Kind::kToken)
        worst = std::min(worst, log_odds(read(neighbour.token)));
    };
    if (event > 0) look_at(events[event - 1]);
    if (event + 1 < events.size()) look_at(events[event + 1]);
    return worst;
  }

  const Reading& reading_;
  const TextVerdict& verdict_;
};

}  // namespace

std::vector<TokenBelief> token_beliefs(const Analysis& analysis, const TextVerdict& verdict) {
  const TokenJudge judge(analysis, verdict);
  std::vector<TokenBelief> beliefs;
  for (std::size_t token = 0; token < analysis.reading.tokens.size(); ++token)
    beliefs.push_back(judge.judge(token));
  const bool all_read = std::none_of(beliefs.begin(), beliefs.end(), [](TokenBelief belief) {
    return belief == TokenBelief::kUnread || belief == TokenBelief::kLeftOut;
  });
  return all_read ? std::vector<TokenBelief>() : beliefs;
}

}  // namespace saywell
