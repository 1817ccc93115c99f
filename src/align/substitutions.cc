#include "align/substitutions.h"

#include <utility>

#include "align/greedy_decode.h"

namespace saywell {
namespace {

class SubstitutionFinder {
 public:
  SubstitutionFinder(const Posteriors& posteriors, const TextVariants& text,
                     const std::vector<PathEvent>& events, std::vector<TokenBelief> beliefs)
      : posteriors_(posteriors),
        text_(text),
        events_(events),
        beliefs_(std::move(beliefs)),
        matched_(text.size(), false) {
    beliefs_.resize(text.size(), TokenBelief::kOpen);
    for (const PathEvent& event : events) {
      if (event.is_token()) matched_[event.token] = true;
    }
  }

  std::vector<PathEvent> find() {
    std::vector<PathEvent> result;
    for (const PathEvent& event : events_) {
      const std::vector<std::size_t> tokens = claimants(event);
      if (tokens.empty()) {
        result.push_back(event);
        continue;
      }
      share_frames(event, tokens, result);
      for (const std::size_t token : tokens) matched_[token] = true;
    }
    return result;
  }

 private:
  std::size_t size_of(std::size_t token) const { return text_[token].front().phones.size(); }

  // The tokens omitted around the other speech `event`, as many as its phones may have been for.
  std::vector<std::size_t> claimants(const PathEvent& event) const {
    if (!event.is_other_speech()) return {};
    const std::size_t heard = greedy_decode(posteriors_, event.frames).size();
    std::size_t first = event.token, end = event.token;
    while (first > 0 && !matched_[first - 1]) --first;
    while (end < matched_.size() && !matched_[end]) ++end;
    std::vector<std::size_t> tokens;
    std::size_t phones = 0;
    for (std::size_t token = first; token < end; ++token) {
      if (beliefs_[token] == TokenBelief::kOmitted) continue;
      phones += size_of(token);
      const bool too_long = 2 * phones > 5 * heard + 8 || phones > event.frames.size();
      if (heard == 0 || too_long) break;
      tokens.push_back(token);
    }
    return tokens;
  }

  void share_frames(const PathEvent& event, const std::vector<std::size_t>& tokens,
                    std::vector<PathEvent>& events) const {
    std::size_t phones = 0, done = 0;
    for (const std::size_t token : tokens) phones += size_of(token);
    const std::size_t frames = event.frames.size();
    for (const std::size_t token : tokens) {
      const std::size_t begin = event.frames.begin + frames * done / phones;
      done += size_of(token);
      const std::size_t end = event.frames.begin + frames * done / phones;
      events.push_back({PathEvent::Kind::kToken, token, 0, {begin, end}, true});
    }
  }

  const Posteriors& posteriors_;
  const TextVariants& text_;
  const std::vector<PathEvent>& events_;
  std::vector<TokenBelief> beliefs_;
  std::vector<bool> matched_;  // one per token
};

}  // namespace

std::vector<PathEvent> assign_substitutions(const Posteriors& posteriors, const TextVariants& text,
                                            const std::vector<PathEvent>& events,
                                            std::vector<TokenBelief> beliefs) {
  return SubstitutionFinder(posteriors, text, events, std::move(beliefs)).find();
}

}  // namespace saywell
