#include "align/torn_words.h"

#include <algorithm>

#include "align/greedy_decode.h"

namespace saywell {
namespace {

constexpr std::size_t kPauseFrames = 10;  // 240 ms between two phones

bool is_vowel_heard(const DecodedPhone& phone) { return is_vowel(phone.phone); }

class Mender {
 public:
  Mender(const Posteriors& posteriors, const TextVariants& text, std::vector<PathEvent> events)
      : posteriors_(posteriors), text_(text), events_(std::move(events)) {}

  std::vector<PathEvent> mend() {
    for (std::size_t e = 0; e + 1 < events_.size(); ++e) {
      if (goes_on_after(e)) join(e, e + 1, events_[e]);
    }
    for (std::size_t e = 0; e + 2 < events_.size(); ++e) {
      if (is_said_twice_around(e)) mend_other_word(e);
    }
    return std::move(events_);
  }

 private:
  bool is_other(std::size_t e) const { return e < events_.size() && events_[e].is_other_speech(); }

  bool is_last_attempt(std::size_t e) const {
    return events_[e].is_token() &&
           std::none_of(events_.begin() + static_cast<std::ptrdiff_t>(e) + 1, events_.end(),
                        [&](const PathEvent& later) {
                          return later.is_token() && later.token == events_[e].token;
                        });
  }

  const std::vector<PhoneId>& phones_of(std::size_t e) const {
    return text_[events_[e].token][events_[e].variant].phones;
  }

  std::vector<DecodedPhone> heard(std::size_t e) const {
    return greedy_decode(posteriors_, events_[e].frames);
  }

  // Whether the other speech behind event `e` is the rest of its token.
  bool goes_on_after(std::size_t e) const {
    if (!is_other(e + 1) || !is_last_attempt(e)) return false;
    const std::vector<PhoneId>& phones = phones_of(e);
    if (std::none_of(phones.begin(), phones.end(), is_vowel)) return false;
    const std::vector<DecodedPhone> begun = heard(e), rest = heard(e + 1);
    if (begun.empty() || std::any_of(begun.begin(), begun.end(), is_vowel_heard)) return false;
    return std::count_if(rest.begin(), rest.end(), is_vowel_heard) == 1 &&
           (is_vowel_heard(rest.front()) || rest.front().phone == begun.back().phone);
  }

  bool is_said_twice_around(std::size_t e) const {
    return events_[e].is_token() && phones_of(e).size() == 1 && is_other(e + 1) &&
           is_last_attempt(e + 2) && events_[e + 2].token == events_[e].token;
  }

  // The clarity of the phone of a token of one phone.
  double clarity(std::size_t e) const {
    double most = 0;
    for (const DecodedPhone& phone : heard(e)) {
      if (phone.phone == phones_of(e).front()) most = std::max(most, phone.probability);
    }
    return most;
  }

  // Events `e` and `e + 2` are attempts at one token: the one that has other speech on both sides,
  // or else was heard less clearly, is a piece of another word.
  void mend_other_word(std::size_t e) {
    const bool before = e > 0 && is_other(e - 1), after = is_other(e + 3);
    const bool later = before == after ? clarity(e) >= clarity(e + 2) : after;
    const std::size_t first = later ? e + 1 : e - (before ? 1 : 0);
    const std::size_t last = later ? e + 2 + (after ? 1 : 0) : e + 1;
    if (has_pause(first, last)) return;
    PathEvent word = events_[e + 1];
    word.token = events_[e].token + (later ? 1 : 0);
    join(first, last, word);
  }

  bool has_pause(std::size_t first, std::size_t last) const {
    const std::vector<DecodedPhone> phones =
        greedy_decode(posteriors_, {events_[first].frames.begin, events_[last].frames.end});
    for (std::size_t i = 1; i < phones.size(); ++i) {
      if (phones[i].first_frame - phones[i - 1].first_frame > kPauseFrames) return true;
    }
    return phones.size() < 2;
  }

  // Replaces the events first … last by `event`, with all their frames.
  void join(std::size_t first, std::size_t last, PathEvent event) {
    event.frames = {events_[first].frames.begin, events_[last].frames.end};
    events_[first] = event;
    const auto begin = events_.begin() + static_cast<std::ptrdiff_t>(first);
    events_.erase(begin + 1, begin + static_cast<std::ptrdiff_t>(last - first) + 1);
  }

  const Posteriors& posteriors_;
  const TextVariants& text_;
  std::vector<PathEvent> events_;
};

}  // namespace

std::vector<PathEvent> rejoin_torn_words(const Posteriors& posteriors, const TextVariants& text,
                                         std::vector<PathEvent> events) {
  return Mender(posteriors, text, std::move(events)).mend();
}

}  // namespace saywell
