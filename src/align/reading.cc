#include "align/reading.h"

#include <algorithm>

#include "align/heard_phones.h"
#include "align/token_evidence.h"
#include "align/torn_words.h"
#include "base/status_macros.h"

namespace saywell {
namespace {

// The fewest phones that reading the whole text takes.
std::size_t fewest_phones(const std::vector<std::vector<TokenVariant>>& variants) {
  std::size_t count = 0;
  for (const auto& token : variants) {
    std::size_t fewest = token.front().phones.size();
    for (const TokenVariant& variant : token) fewest = std::min(fewest, variant.phones.size());
    count += fewest;
  }
  return count;
}

// Turns other speech in the place of left-out tokens into events of these tokens.
class ReplacementFinder {
 public:
  ReplacementFinder(const Posteriors& posteriors,
                    const std::vector<std::vector<TokenVariant>>& variants, const ReadingPath& path,
                    std::vector<TokenBelief> beliefs)
      : posteriors_(posteriors),
        variants_(variants),
        path_(path),
        beliefs_(std::move(beliefs)),
        read_(variants.size(), false) {
    beliefs_.resize(variants.size(), TokenBelief::kOpen);
    for (const ReadingEvent& event : path.events) {
      if (event.kind == ReadingEvent::Kind::kToken) read_[event.token] = true;
    }
  }

  // The path with the replaced tokens in it; `replaced` marks them.
  ReadingPath find(std::vector<bool>& replaced) {
    ReadingPath result;
    result.log_score = path_.log_score;
    for (const ReadingEvent& event : path_.events) {
      const std::vector<std::size_t> tokens = claimants(event);
      if (tokens.empty()) {
        result.events.push_back(event);
        continue;
      }
      share_rows(event, tokens, result.events);
      for (const std::size_t token : tokens) replaced[token] = read_[token] = true;
    }
    return result;
  }

 private:
  std::size_t size_of(std::size_t token) const { return variants_[token].front().phones.size(); }

  // The tokens left out around the other speech `event`, as many as its phones may stand for.
  std::vector<std::size_t> claimants(const ReadingEvent& event) const {
    if (event.kind != ReadingEvent::Kind::kOtherSpeech) return {};
    const std::size_t heard = hear_phones(posteriors_, {event.begin_row, event.end_row}).size();
    std::size_t first = event.token, end = event.token;
    while (first > 0 && !read_[first - 1]) --first;
    while (end < read_.size() && !read_[end]) ++end;
    std::vector<std::size_t> tokens;
    std::size_t phones = 0;
    for (std::size_t token = first; token < end; ++token) {
      if (beliefs_[token] == TokenBelief::kLeftOut) continue;
      phones += size_of(token);
      const bool too_long = 2 * phones > 5 * heard + 8 || phones > event.end_row - event.begin_row;
      if (heard == 0 || too_long) break;
      tokens.push_back(token);
    }
    return tokens;
  }

  void share_rows(const ReadingEvent& event, const std::vector<std::size_t>& tokens,
                  std::vector<ReadingEvent>& events) const {
    std::size_t phones = 0, done = 0;
    for (const std::size_t token : tokens) phones += size_of(token);
    const std::size_t rows = event.end_row - event.begin_row;
    for (const std::size_t token : tokens) {
      const std::size_t begin = event.begin_row + rows * done / phones;
      done += size_of(token);
      events.push_back(
          {ReadingEvent::Kind::kToken, token, 0, begin, event.begin_row + rows * done / phones});
    }
  }

  const Posteriors& posteriors_;
  const std::vector<std::vector<TokenVariant>>& variants_;
  const ReadingPath& path_;
  std::vector<TokenBelief> beliefs_;
  std::vector<bool> read_;
};

void list_tokens(const std::vector<bool>& replaced, Reading& reading) {
  for (std::size_t token = 0; token < reading.variants.size(); ++token) {
    ReadToken entry;
    entry.replaced = replaced[token];
    for (std::size_t e = 0; e < reading.path.events.size(); ++e) {
      const ReadingEvent& event = reading.path.events[e];
      if (event.kind != ReadingEvent::Kind::kToken || event.token != token) continue;
      entry.event = e;
      entry.variant = event.variant;
    }
    const TokenVariant& variant = reading.variants[token][entry.variant];
    entry.first_phone = reading.phones.size();
    for (std::size_t i = 0; i < variant.phones.size(); ++i) {
      ReadPhone phone;
      phone.phone = variant.phones[i];
      phone.stress = variant.stress[i];
      phone.token = token;
      phone.read = entry.event.has_value();
      if (phone.read) {
        phone.rows = reading.event_phones[*entry.event][i];
        phone.place = reading.event_places[*entry.event][i];
      }
      reading.phones.push_back(phone);
    }
    entry.end_phone = reading.phones.size();
    reading.tokens.push_back(entry);
  }
}

// Evidence over a run of tokens that nothing else interrupts, earlier tries included as context.
void measure_run(const Posteriors& posteriors, std::size_t first_event, std::size_t end_event,
                 Reading& reading) {
  std::vector<PhoneId> phones;
  std::vector<RowSpan> rows;
  for (std::size_t e = first_event; e < end_event; ++e) {
    const ReadingEvent& event = reading.path.events[e];
    const TokenVariant& variant = reading.variants[event.token][event.variant];
    phones.insert(phones.end(), variant.phones.begin(), variant.phones.end());
    for (const PhonePlace& place : reading.event_places[e]) rows.push_back(place.rows);
  }
  const std::vector<PhoneEvidence> evidence = measure_phone_evidence(posteriors, phones, rows);
  std::size_t at = 0;
  for (std::size_t e = first_event; e < end_event; ++e) {
    const ReadToken& token = reading.tokens[reading.path.events[e].token];
    const std::size_t count = reading.event_phones[e].size();
    for (std::size_t i = 0; i < count && token.event == e; ++i) {
      reading.phones[token.first_phone + i].evidence = evidence[at + i];
    }
    at += count;
  }
}

void measure_evidence(const Posteriors& posteriors, Reading& reading) {
  const std::vector<ReadingEvent>& events = reading.path.events;
  for (std::size_t first = 0; first < events.size();) {
    std::size_t end = first;
    while (end < events.size() && events[end].kind == ReadingEvent::Kind::kToken) ++end;
    if (end > first) measure_run(posteriors, first, end, reading);
    first = end + 1;
  }
}

}  // namespace

Result<Reading> align_reading(const Posteriors& posteriors, const ReferenceText& text,
                              const ReadingPrices& prices,
                              const std::vector<TokenBelief>& beliefs) {
  Reading reading;
  for (const Token& token : text.tokens) reading.variants.push_back(token_variants(token));
  const std::size_t phones = fewest_phones(reading.variants);
  if (phones > posteriors.frame_count()) {
    return Status(Code::kNoAlignment, "the text has " + std::to_string(phones) +
                                          " phones, the speech only " +
                                          std::to_string(posteriors.frame_count()) + " frames");
  }
  ReadingPath path = find_reading_path(posteriors, reading.variants, prices, beliefs);
  path.events = rejoin_torn_words(posteriors, reading.variants, std::move(path.events));
  std::vector<bool> replaced(reading.variants.size(), false);
  reading.path = ReplacementFinder(posteriors, reading.variants, path, beliefs).find(replaced);
  ASSIGN_OR_RETURN(reading.event_phones, align_phones(posteriors, reading.path, reading.variants));
  ASSIGN_OR_RETURN(reading.event_places, place_phones(posteriors, reading.path, reading.variants));
  reading.event_evidence = measure_token_evidence(posteriors, reading);
  list_tokens(replaced, reading);
  measure_evidence(posteriors, reading);
  return reading;
}

}  // namespace saywell
