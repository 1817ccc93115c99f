#include "assess/miscues.h"

#include <algorithm>
#include <span>

#include "text/pronunciation.h"

namespace saywell {
namespace {

// Fewer phones than this are a noise or a hesitation, no word.
constexpr std::size_t kMinWordPhones = 2;
// A broken-off try matches this share of the start of the word that follows.
constexpr double kBrokenOffMatch = 0.5;
// How much likelier than its phones something else must be, in the mean over the phones (each counts at most
// kMaxPhoneRatio), for a word to be another one: less where the search already found foreign phones there.
// Found on changed texts of learners held out from the phone head.
constexpr float kMaxPhoneRatio = 6.0F;
constexpr float kReplacedRatio = 3.0F;
constexpr float kOtherWordRatio = 4.0F;

std::vector<PhoneId> ids_of(const std::vector<HeardPhone>& phones) {
  std::vector<PhoneId> ids;
  for (const HeardPhone& phone : phones) ids.push_back(phone.phone);
  return ids;
}

// Whether `heard` sounds like the beginning of token `token`.
bool begins_like(const std::vector<PhoneId>& heard, const std::vector<TokenVariant>& variants) {
  return std::any_of(variants.begin(), variants.end(), [&](const TokenVariant& variant) {
    const std::size_t size = std::min(heard.size(), variant.phones.size());
    const std::span<const PhoneId> beginning(variant.phones.data(), size);
    return phone_distance(heard, beginning) <= kBrokenOffMatch * static_cast<double>(heard.size());
  });
}

class MiscueFinder {
 public:
  MiscueFinder(const Posteriors& posteriors, const Reading& reading) : posteriors_(posteriors), reading_(reading) {}

  Miscues find() {
    miscues_.tokens.resize(reading_.tokens.size());
    for (std::size_t token = 0; token < reading_.tokens.size(); ++token) explain_token(token);
    for (std::size_t e = 0; e < reading_.path.events.size(); ++e) {
      const ReadingEvent& event = reading_.path.events[e];
      if (event.kind == ReadingEvent::Kind::kOtherSpeech) {
        explain_other_speech(event);
      } else if (reading_.tokens[event.token].event != e) {
        add_earlier_try(e);
      }
    }
    return std::move(miscues_);
  }

 private:
  void add_earlier_try(std::size_t e) {
    const ReadingEvent& event = reading_.path.events[e];
    miscues_.tokens[event.token].miscue = Miscue::kRepetition;
    ExtraEvent extra;
    extra.kind = ExtraSpeech::Kind::kRepetition;
    extra.after = static_cast<int>(event.token) - 1;
    extra.rows = {reading_.event_phones[e].front().begin, reading_.event_phones[e].back().end};
    extra.phones = hear_phones(posteriors_, extra.rows);
    extra.said_again = event.token;
    miscues_.extra.push_back(std::move(extra));
  }

  void explain_other_speech(const ReadingEvent& event) {
    const std::vector<HeardPhone> heard = hear_phones(posteriors_, {event.begin_row, event.end_row});
    if (heard.empty()) return;
    miscues_.other_phones += heard.size();
    add_extra(event, heard);
  }

  void explain_token(std::size_t token) {
    const ReadToken& read = reading_.tokens[token];
    TokenMiscue& miscue = miscues_.tokens[token];
    if (!read.event) {
      miscue.miscue = Miscue::kOmission;
    } else if (foreign_ratio(read) >= (read.replaced ? kReplacedRatio : kOtherWordRatio)) {
      const auto& rows = reading_.event_phones[*read.event];
      miscue.miscue = Miscue::kSubstitution;
      miscue.instead = hear_phones(posteriors_, {rows.front().begin, rows.back().end});
    }
  }

  // Mean log likelihood ratio of what else was heard in the place of the token's phones.
  float foreign_ratio(const ReadToken& token) const {
    float sum = 0;
    for (std::size_t p = token.first_phone; p < token.end_phone; ++p) {
      const PhoneEvidence& evidence = reading_.phones[p].evidence;
      const float replaced = *std::max_element(evidence.replaced.begin(), evidence.replaced.end());
      sum += std::min(kMaxPhoneRatio, std::max(replaced, evidence.left_out));
    }
    return sum / static_cast<float>(token.end_phone - token.first_phone);
  }

  void add_extra(const ReadingEvent& event, const std::vector<HeardPhone>& heard) {
    ExtraEvent extra;
    extra.after = static_cast<int>(event.token) - 1;
    extra.rows = {heard.front().row, heard.back().row + 1};
    extra.phones = heard;
    extra.kind = heard.size() < kMinWordPhones ? ExtraSpeech::Kind::kNoise : ExtraSpeech::Kind::kInsertion;
    const bool more_text = event.token < reading_.tokens.size();
    if (more_text && heard.size() >= kMinWordPhones &&
        begins_like(ids_of(heard), reading_.variants[event.token])) {
      extra.kind = ExtraSpeech::Kind::kRepetition;
      extra.said_again = event.token;
      miscues_.tokens[event.token].miscue = Miscue::kRepetition;
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
