#include "align/hidden_repeats.h"

#include <algorithm>
#include <span>

#include "align/heard_phones.h"
#include "base/sound_distance.h"

namespace saywell {
namespace {

constexpr std::size_t kMinPhones = 2, kMaxPhones = 8;  // of one try
constexpr double kAlike = 0.25;                        // distance of the two tries, a phone
constexpr double kMinGain = 0.25;  // by which the text is nearer without one of them, a phone

// Heard phones [first, middle) and [middle, end) as two tries of a token.
struct Candidate {
  std::size_t first, middle, end;
  double merit = 0;
  std::size_t first_event = 0, last_event = 0;
};

class RepeatFinder {
 public:
  RepeatFinder(const Posteriors& posteriors, const Reading& reading) : reading_(reading) {
    const std::vector<ReadingEvent>& events = reading.path.events;
    for (std::size_t e = 0; e < events.size(); ++e) {
      for (const HeardPhone& phone :
           hear_phones(posteriors, {events[e].begin_row, events[e].end_row})) {
        heard_.push_back(phone.phone);
        rows_.push_back(phone.row);
        events_.push_back(e);
      }
    }
  }

  std::vector<HiddenRepeat> find() {
    std::vector<Candidate> candidates = list_candidates();
    std::stable_sort(candidates.begin(), candidates.end(),
                     [](const Candidate& a, const Candidate& b) { return a.merit > b.merit; });
    std::vector<bool> used(reading_.path.events.size(), false);
    std::vector<HiddenRepeat> repeats;
    for (const Candidate& found : candidates) {
      const auto first = used.begin() + static_cast<std::ptrdiff_t>(found.first_event);
      const auto end = used.begin() + static_cast<std::ptrdiff_t>(found.last_event + 1);
      if (std::find(first, end, true) != end) continue;
      std::fill(first, end, true);
      repeats.push_back({token_of(found), {rows_[found.first], rows_[found.middle]}});
    }
    std::sort(repeats.begin(), repeats.end(), [](const HiddenRepeat& a, const HiddenRepeat& b) {
      return a.first_try.begin < b.first_try.begin;
    });
    return repeats;
  }

 private:
  std::span<const PhoneId> heard(std::size_t first, std::size_t end) const {
    return std::span<const PhoneId>(heard_).subspan(first, end - first);
  }

  std::vector<Candidate> list_candidates() const {
    std::vector<Candidate> candidates;
    for (std::size_t middle = kMinPhones; middle < heard_.size(); ++middle) {
      for (std::size_t size = kMinPhones; size <= std::min(kMaxPhones, middle); ++size) {
        const std::size_t longest = std::min(size + 1, heard_.size() - middle);
        for (std::size_t next = std::max(kMinPhones, size - 1); next <= longest; ++next) {
          Candidate candidate{middle - size, middle, middle + next};
          if (judge(candidate)) candidates.push_back(candidate);
        }
      }
    }
    return candidates;
  }

  bool judge(Candidate& candidate) const {
    const auto first_try = heard(candidate.first, candidate.middle);
    const auto second_try = heard(candidate.middle, candidate.end);
    const double distance = sound_distance(first_try, second_try);
    const double longer = static_cast<double>(std::max(first_try.size(), second_try.size()));
    if (distance > kAlike * longer || std::none_of(first_try.begin(), first_try.end(), is_vowel))
      return false;
    candidate.first_event = events_[candidate.first];
    candidate.last_event = events_[candidate.end - 1];
    const double size = static_cast<double>(first_try.size());
    const double gain = gain_without_first(candidate);
    candidate.merit = gain - distance + 0.01 * size;  // of equals the longer
    return gain >= kMinGain * size;
  }

  // How much nearer to the text the heard phones of the events are without the first try; below 0
  // when these are no plain tokens.
  double gain_without_first(const Candidate& candidate) const {
    std::vector<PhoneId> text;
    for (std::size_t e = candidate.first_event; e <= candidate.last_event; ++e) {
      const ReadingEvent& event = reading_.path.events[e];
      if (event.kind != ReadingEvent::Kind::kToken || reading_.tokens[event.token].event != e)
        return -1;
      const std::vector<PhoneId>& phones = reading_.variants[event.token][event.variant].phones;
      text.insert(text.end(), phones.begin(), phones.end());
    }
    const auto first = std::lower_bound(events_.begin(), events_.end(), candidate.first_event);
    const auto end = std::upper_bound(first, events_.end(), candidate.last_event);
    const auto begin = static_cast<std::size_t>(first - events_.begin());
    const auto all = heard(begin, static_cast<std::size_t>(end - events_.begin()));
    std::vector<PhoneId> rest(all.begin(), all.end());
    rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(candidate.first - begin),
               rest.begin() + static_cast<std::ptrdiff_t>(candidate.middle - begin));
    return sound_distance(all, text) - sound_distance(rest, text);
  }

  // The token that the second try sounds like most.
  std::size_t token_of(const Candidate& candidate) const {
    const auto said = heard(candidate.middle, candidate.end);
    std::size_t best = 0;
    double nearest = 2;
    for (std::size_t e = candidate.first_event; e <= candidate.last_event; ++e) {
      const ReadingEvent& event = reading_.path.events[e];
      const std::vector<PhoneId>& phones = reading_.variants[event.token][event.variant].phones;
      const double distance =
          sound_distance(said, phones) / static_cast<double>(std::max(said.size(), phones.size()));
      if (distance >= nearest) continue;
      nearest = distance;
      best = event.token;
    }
    return best;
  }

  const Reading& reading_;
  std::vector<PhoneId> heard_;              // of all events, in order
  std::vector<std::size_t> rows_, events_;  // of each
};

}  // namespace

std::vector<HiddenRepeat> find_hidden_repeats(const Posteriors& posteriors,
                                              const Reading& reading) {
  return RepeatFinder(posteriors, reading).find();
}

}  // namespace saywell
