#include "assess/miscues.h"

#include <algorithm>
#include <span>

#include "align/hidden_repeats.h"
#include "align/hidden_words.h"
#include "text/pronunciation.h"

namespace saywell {
namespace {

// Fewer phones than this, or none but consonants, are a noise or a hesitation, no word; but for a
// clear vowel ("a", "I").
constexpr std::size_t kMinWordPhones = 2;
constexpr double kClearVowel = 0.7;
// A broken-off try is the start of the word that follows, but for this share of its phones.
constexpr double kBrokenOffMatch = 0.34;
// A word said twice sounds the same both times, but for this share of its phones.
constexpr double kSaidTwiceMatch = 0.4;

bool is_word(const std::vector<HeardPhone>& heard) {
  const double needed = heard.size() >= kMinWordPhones ? 0 : kClearVowel;
  return std::any_of(heard.begin(), heard.end(), [&](const HeardPhone& phone) {
    return is_vowel(phone.phone) && phone.probability >= needed;
  });
}

// Whether `heard` sounds like the beginning of token `token`.
bool begins_like(const std::vector<PhoneId>& heard, const std::vector<TokenVariant>& variants) {
  return std::any_of(variants.begin(), variants.end(), [&](const TokenVariant& variant) {
    if (heard.size() > variant.phones.size()) return false;
    const std::span<const PhoneId> beginning(variant.phones.data(), heard.size());
    return phone_distance(heard, beginning) <= kBrokenOffMatch * static_cast<double>(heard.size());
  });
}

bool is_said_twice(std::span<const PhoneId> a, std::span<const PhoneId> b) {
  return phone_distance(a, b) <=
         kSaidTwiceMatch * static_cast<double>(std::max(a.size(), b.size()));
}

class MiscueFinder {
 public:
  MiscueFinder(const Posteriors& posteriors, const Reading& reading)
      : posteriors_(posteriors), reading_(reading) {}

  Miscues find() {
    miscues_.tokens.resize(reading_.tokens.size());
    for (std::size_t token = 0; token < reading_.tokens.size(); ++token) explain_token(token);
    for (std::size_t e = 0; e < reading_.path.events.size(); ++e) {
      const ReadingEvent& event = reading_.path.events[e];
      if (event.kind == ReadingEvent::Kind::kOtherSpeech) {
        explain_other_speech(event);
      } else if (reading_.tokens[event.token].event && reading_.tokens[event.token].event != e) {
        const auto& phones = reading_.event_phones[e];
        add_earlier_try(event.token, {phones.front().begin, phones.back().end});
      }
    }
    for (const HiddenRepeat& repeat : find_hidden_repeats(posteriors_, reading_)) {
      if (miscues_.tokens[repeat.token].miscue == Miscue::kNone)
        add_earlier_try(repeat.token, repeat.first_try);
    }
    for (const HiddenWord& word : find_hidden_words(posteriors_, reading_)) {
      if (miscues_.tokens[word.of_token].miscue != Miscue::kNone) continue;
      add_extra(word.speech,
                hear_phones(posteriors_, {word.speech.begin_row, word.speech.end_row}));
    }
    std::stable_sort(
        miscues_.extra.begin(), miscues_.extra.end(),
        [](const ExtraEvent& a, const ExtraEvent& b) { return a.rows.begin < b.rows.begin; });
    return std::move(miscues_);
  }

 private:
  // One more, earlier try of `token`, at `rows`.
  void add_earlier_try(std::size_t token, RowSpan rows) {
    miscues_.tokens[token].miscue = Miscue::kRepetition;
    ExtraEvent extra;
    extra.kind = ExtraSpeech::Kind::kRepetition;
    extra.after = static_cast<int>(token) - 1;
    extra.rows = rows;
    extra.phones = hear_phones(posteriors_, rows);
    extra.said_again = token;
    miscues_.extra.push_back(std::move(extra));
  }

  void explain_other_speech(const ReadingEvent& event) {
    const std::vector<HeardPhone> heard =
        hear_phones(posteriors_, {event.begin_row, event.end_row});
    if (heard.empty()) return;
    miscues_.other_phones += heard.size();
    // A word said instead of a shorter one spreads beyond its place: it is one word, not one more.
    if (is_replaced(event.token) || (event.token > 0 && is_replaced(event.token - 1))) return;
    add_extra(event, heard);
  }

  bool is_replaced(std::size_t token) const {
    return token < reading_.tokens.size() && reading_.tokens[token].replaced;
  }

  // Whether `heard` sounds as the token itself does, where it was said; its first or last phone may
  // be a neighbour's.
  bool sounds_like(const std::vector<PhoneId>& heard, std::size_t token) const {
    if (token >= reading_.tokens.size() || !reading_.tokens[token].event) return false;
    const ReadingEvent& event = reading_.path.events[*reading_.tokens[token].event];
    const std::vector<PhoneId> said =
        ids_of(hear_phones(posteriors_, {event.begin_row, event.end_row}));
    if (said == heard) return true;
    if (std::min(said.size(), heard.size()) < kMinWordPhones) return false;
    const std::span<const PhoneId> all(heard);
    if (is_said_twice(all, said)) return true;
    return all.size() > kMinWordPhones &&
           (is_said_twice(all.subspan(1), said) || is_said_twice(all.first(all.size() - 1), said));
  }

  // The token of which other speech is one more try, whole or broken off.
  std::optional<std::size_t> said_again(const ReadingEvent& event,
                                        const std::vector<HeardPhone>& heard) const {
    const std::vector<PhoneId> ids = ids_of(heard);
    if (event.token > 0 && sounds_like(ids, event.token - 1)) return event.token - 1;
    if (event.token >= reading_.tokens.size()) return {};
    if (sounds_like(ids, event.token)) return event.token;
    const bool long_enough = heard.size() >= kMinWordPhones;
    if (long_enough && begins_like(ids, reading_.variants[event.token])) return event.token;
    return {};
  }

  void explain_token(std::size_t token) {
    const ReadToken& read = reading_.tokens[token];
    TokenMiscue& miscue = miscues_.tokens[token];
    if (!read.event) {
      miscue.miscue = Miscue::kOmission;
    } else if (read.replaced) {
      const auto& rows = reading_.event_phones[*read.event];
      miscue.miscue = Miscue::kSubstitution;
      miscue.instead = hear_phones(posteriors_, {rows.front().begin, rows.back().end});
    }
  }

  void add_extra(const ReadingEvent& event, const std::vector<HeardPhone>& heard) {
    ExtraEvent extra;
    extra.after = static_cast<int>(event.token) - 1;
    extra.rows = {heard.front().row, heard.back().row + 1};
    extra.phones = heard;
    extra.kind = is_word(heard) ? ExtraSpeech::Kind::kInsertion : ExtraSpeech::Kind::kNoise;
    if (const std::optional<std::size_t> token = said_again(event, heard)) {
      extra.kind = ExtraSpeech::Kind::kRepetition;
      extra.said_again = token;
      miscues_.tokens[*token].miscue = Miscue::kRepetition;
    }
    miscues_.extra.push_back(std::move(extra));
  }

  const Posteriors& posteriors_;
  const Reading& reading_;
  Miscues miscues_;
};

}  // namespace

Miscues find_miscues(const Posteriors& posteriors, const Reading& reading) {
  return MiscueFinder(posteriors, reading).find();
}

}  // namespace saywell
