#include "align/reading.h"

#include <algorithm>

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

void list_tokens(Reading& reading) {
  for (std::size_t token = 0; token < reading.variants.size(); ++token) {
    ReadToken entry;
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
      if (phone.read) phone.rows = reading.event_phones[*entry.event][i];
      reading.phones.push_back(phone);
    }
    entry.end_phone = reading.phones.size();
    reading.tokens.push_back(entry);
  }
}

// Evidence over a run of tokens that nothing else interrupts, earlier tries included as context.
void measure_run(const Posteriors& posteriors, std::size_t first_event, std::size_t end_event, Reading& reading) {
  std::vector<PhoneId> phones;
  std::vector<RowSpan> rows;
  for (std::size_t e = first_event; e < end_event; ++e) {
    const ReadingEvent& event = reading.path.events[e];
    const TokenVariant& variant = reading.variants[event.token][event.variant];
    phones.insert(phones.end(), variant.phones.begin(), variant.phones.end());
    rows.insert(rows.end(), reading.event_phones[e].begin(), reading.event_phones[e].end());
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
                              const ReadingPrices& prices) {
  Reading reading;
  for (const Token& token : text.tokens) reading.variants.push_back(token_variants(token));
  const std::size_t phones = fewest_phones(reading.variants);
  if (phones > posteriors.frame_count()) {
    return Status(Code::kNoAlignment, "the text has " + std::to_string(phones) + " phones, the speech only " +
                                          std::to_string(posteriors.frame_count()) + " frames");
  }
  reading.path = find_reading_path(posteriors, reading.variants, prices);
  Result<std::vector<std::vector<RowSpan>>> rows = align_phones(posteriors, reading.path, reading.variants);
  if (!rows.ok()) return rows.status();
  reading.event_phones = *std::move(rows);
  list_tokens(reading);
  measure_evidence(posteriors, reading);
  return reading;
}

}  // namespace saywell
