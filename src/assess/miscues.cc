#include "assess/miscues.h"

#include <algorithm>
#include <cmath>

#include "text/pronunciation.h"

namespace saywell {
namespace {

// Fewer phones than this are a noise or a hesitation, no word.
constexpr std::size_t kMinWordPhones = 2;
// A broken-off try matches this share of the start of the word that follows.
constexpr double kBrokenOffMatch = 0.5;

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
    for (std::size_t token = 0; token < reading_.tokens.size(); ++token) {
      if (!reading_.tokens[token].event) miscues_.tokens[token].miscue = Miscue::kOmission;
    }
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

  // The run of tokens left out right before boundary `boundary`, or right behind it.
  RowSpan omitted_around(std::size_t boundary) const {
    RowSpan tokens{boundary, boundary};
    while (tokens.begin > 0 && is_omission(tokens.begin - 1)) --tokens.begin;
    while (tokens.end < miscues_.tokens.size() && is_omission(tokens.end)) ++tokens.end;
    return tokens;
  }

  bool is_omission(std::size_t token) const { return miscues_.tokens[token].miscue == Miscue::kOmission; }

  void explain_other_speech(const ReadingEvent& event) {
    const std::vector<HeardPhone> heard = hear_phones(posteriors_, {event.begin_row, event.end_row});
    if (heard.empty()) return;
    miscues_.other_phones += heard.size();
    const RowSpan omitted = omitted_around(event.token);
    if (omitted.size() > 0 && heard.size() >= kMinWordPhones) {
      replace_tokens(omitted, heard);
      return;
    }
    add_extra(event, heard);
  }

  // Shares `heard` out over the omitted tokens in proportion to their phones; tokens for which too little is
  // left stay omissions.
  void replace_tokens(RowSpan tokens, const std::vector<HeardPhone>& heard) {
    std::size_t asked = 0;
    for (std::size_t t = tokens.begin; t < tokens.end; ++t) asked += phone_count(t);
    const double share = std::min(1.0, static_cast<double>(heard.size()) / static_cast<double>(asked) * 1.5);
    std::size_t at = 0;
    for (std::size_t t = tokens.begin; t < tokens.end && at < heard.size(); ++t) {
      const bool last = t + 1 == tokens.end;
      const auto wanted = static_cast<std::size_t>(std::ceil(static_cast<double>(phone_count(t)) * share));
      const std::size_t end = last ? heard.size() : std::min(heard.size(), at + std::max<std::size_t>(1, wanted));
      TokenMiscue& miscue = miscues_.tokens[t];
      miscue.miscue = Miscue::kSubstitution;
      const auto from = heard.begin() + static_cast<std::ptrdiff_t>(at);
      miscue.instead.assign(from, heard.begin() + static_cast<std::ptrdiff_t>(end));
      miscue.instead_rows = RowSpan{heard[at].row, heard[end - 1].row + 1};
      at = end;
    }
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

  std::size_t phone_count(std::size_t token) const {
    return reading_.tokens[token].end_phone - reading_.tokens[token].first_phone;
  }

  const Posteriors& posteriors_;
  const Reading& reading_;
  Miscues miscues_;
};

}  // namespace

std::vector<HeardPhone> hear_phones(const Posteriors& posteriors, RowSpan rows) {
  std::vector<HeardPhone> heard;
  std::ptrdiff_t last = kBlankColumn;
  for (std::size_t row = rows.begin; row < rows.end; ++row) {
    const auto ctc = posteriors.ctc_row(row);
    const std::ptrdiff_t best = std::max_element(ctc.begin(), ctc.end()) - ctc.begin();
    const double probability = std::exp(ctc[static_cast<std::size_t>(best)]);
    if (best != kBlankColumn && best != last) {
      heard.push_back({static_cast<PhoneId>(best - 1), probability, row});
    } else if (best != kBlankColumn) {
      heard.back().probability = std::max(heard.back().probability, probability);
    }
    last = best;
  }
  return heard;
}

Miscues find_miscues(const Posteriors& posteriors, const Reading& reading) {
  return MiscueFinder(posteriors, reading).find();
}

}  // namespace saywell
