#include "align/hidden_words.h"

#include <algorithm>
#include <optional>
#include <span>

#include "align/heard_phones.h"
#include "base/sound_distance.h"

namespace saywell {
namespace {

constexpr std::size_t kMinPhones = 2;
constexpr double kMinGain = 0.75;  // by which the token is nearer without the word, a phone of it
constexpr double kMaxRest = 0.5;   // distance of what remains from the token, a phone of the token

// Heard phones of a token's event, cut into those before, of and after the token.
struct Cut {
  std::size_t begin, end;  // of the token's own phones
  double merit = 0;
};

class EventCutter {
 public:
  EventCutter(const std::vector<HeardPhone>& heard, const std::vector<PhoneId>& token)
      : token_(token), heard_(ids_of(heard)), distance_(sound_distance(heard_, token_)) {}

  std::optional<Cut> find() const {
    std::optional<Cut> best;
    for (std::size_t size = kMinPhones; size < heard_.size(); ++size) {
      for (const Cut& cut : {Cut{size, heard_.size()}, Cut{0, heard_.size() - size}}) {
        const std::optional<double> merit = judge(cut);
        if (merit && (!best || *merit > best->merit)) best = Cut{cut.begin, cut.end, *merit};
      }
    }
    return best;
  }

 private:
  std::optional<double> judge(const Cut& cut) const {
    const std::span<const PhoneId> all(heard_);
    const auto word = cut.begin > 0 ? all.first(cut.begin) : all.subspan(cut.end);
    if (std::none_of(word.begin(), word.end(), is_vowel)) return {};
    const double rest = sound_distance(all.subspan(cut.begin, cut.end - cut.begin), token_);
    if (rest > kMaxRest * static_cast<double>(token_.size())) return {};
    const double gain = distance_ - rest, size = static_cast<double>(word.size());
    if (gain < kMinGain * size) return {};
    return gain - size / 2;
  }

  const std::vector<PhoneId>& token_;
  std::vector<PhoneId> heard_;
  double distance_;
};

}  // namespace

std::vector<HiddenWord> find_hidden_words(const Posteriors& posteriors, const Reading& reading) {
  std::vector<HiddenWord> words;
  for (std::size_t e = 0; e < reading.path.events.size(); ++e) {
    const ReadingEvent& event = reading.path.events[e];
    if (event.kind != ReadingEvent::Kind::kToken) continue;
    const ReadToken& token = reading.tokens[event.token];
    if (token.event != e || token.replaced) continue;
    const std::vector<HeardPhone> heard = hear_phones(posteriors, {event.begin_row, event.end_row});
    const std::vector<PhoneId>& phones = reading.variants[event.token][event.variant].phones;
    const std::optional<Cut> cut = EventCutter(heard, phones).find();
    if (!cut) continue;
    HiddenWord word{event.token, {ReadingEvent::Kind::kOtherSpeech, event.token, 0, 0, 0}};
    if (cut->begin > 0) {
      word.speech.begin_row = heard.front().row;
      word.speech.end_row = heard[cut->begin].row;
    } else {
      ++word.speech.token;
      word.speech.begin_row = heard[cut->end].row;
      word.speech.end_row = event.end_row;
    }
    words.push_back(word);
  }
  return words;
}

}  // namespace saywell
