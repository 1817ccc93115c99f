#include "assess/token_beliefs.h"

#include <algorithm>
#include <cmath>

namespace saywell {
namespace {

// The log odds of a token not having been read begin with the scorer's, who sees one phone after
// the other. Added, with weights from a logistic regression over changed texts of learners that
// the phone head had not heard: what speaks against the token as a whole, and how well its
// neighbours were read. A word that was not said takes rows from its neighbour, so both look
// unread; among good neighbours it stands out.
constexpr double kEvidenceWeight = 0.29;
constexpr double kEvidenceAPhone = 4.0;  // nats a phone that speak neither for nor against
constexpr double kNeighbourWeight = 0.4;
constexpr double kMaxNeighbour = 5;

// The scorer's probability from which on the second search must not leave a token out.
constexpr double kSurelyRead = 0.7;

double log_odds(double probability) {
  constexpr double kFloor = 1e-4;
  return std::log((probability + kFloor) / (1 - probability + kFloor));
}

class TokenJudge {
 public:
  TokenJudge(const Analysis& analysis, const std::vector<ScoredPart>& parts)
      : reading_(analysis.reading), read_(analysis.reading.tokens.size(), 0.0) {
    for (const ScoredPart& part : parts) {
      for (std::size_t w = 0; w < part.scores.words.size(); ++w)
        read_[part.inputs.word_tokens[w]] = part.scores.words[w].read;
    }
  }

  TokenBelief judge(std::size_t token) const {
    if (!reading_.tokens[token].event || unread_log_odds(token) > 0) return TokenBelief::kUnread;
    return read_[token] >= kSurelyRead ? TokenBelief::kRead : TokenBelief::kOpen;
  }

 private:
  double unread_log_odds(std::size_t token) const {
    const ReadToken& entry = reading_.tokens[token];
    const double phones = static_cast<double>(entry.end_phone - entry.first_phone);
    const double evidence = reading_.event_evidence[*entry.event] - kEvidenceAPhone * phones;
    return kEvidenceWeight * evidence + kNeighbourWeight * worst_neighbour(*entry.event) -
           log_odds(read_[token]);
  }

  // The log odds of having been read of the tokens that were heard beside an event, the lesser.
  double worst_neighbour(std::size_t event) const {
    const std::vector<ReadingEvent>& events = reading_.path.events;
    double worst = kMaxNeighbour;
    const auto look_at = [&](const ReadingEvent& neighbour) {
      if (neighbour.kind == ReadingEvent::Kind::kToken)
        worst = std::min(worst, log_odds(read_[neighbour.token]));
    };
    if (event > 0) look_at(events[event - 1]);
    if (event + 1 < events.size()) look_at(events[event + 1]);
    return worst;
  }

  const Reading& reading_;
  std::vector<double> read_;  // a token: the scorer's probability that it was read
};

}  // namespace

std::vector<TokenBelief> token_beliefs(const Analysis& analysis,
                                       const std::vector<ScoredPart>& parts) {
  const TokenJudge judge(analysis, parts);
  std::vector<TokenBelief> beliefs;
  for (std::size_t token = 0; token < analysis.reading.tokens.size(); ++token)
    beliefs.push_back(judge.judge(token));
  if (std::find(beliefs.begin(), beliefs.end(), TokenBelief::kUnread) == beliefs.end()) return {};
  return beliefs;
}

}  // namespace saywell
