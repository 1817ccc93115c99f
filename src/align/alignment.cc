#include "align/alignment.h"

#include <utility>

namespace saywell {

Alignment::Alignment(TextVariants text, std::vector<AlignedEvent> events)
    : text_(std::move(text)), events_(std::move(events)), last_attempts_(text_.size()) {
  for (std::size_t e = 0; e < events_.size(); ++e) {
    if (events_[e].is_token()) last_attempts_[events_[e].token] = e;
  }
  for (std::size_t token = 0; token < text_.size(); ++token)
    first_phones_.push_back(first_phones_.back() + variant(token).phones.size());
}

bool Alignment::is_last_attempt(std::size_t event) const {
  return events_[event].is_token() && last_attempts_[events_[event].token] == event;
}

bool Alignment::is_substituted(std::size_t token) const {
  return is_matched(token) && events_[*last_attempts_[token]].substituted;
}

const TokenVariant& Alignment::variant(std::size_t token) const {
  const std::optional<std::size_t> event = last_attempts_[token];
  return text_[token][event ? events_[*event].variant : 0];
}

std::span<const AlignedPhone> Alignment::phones(std::size_t token) const {
  const std::optional<std::size_t> event = last_attempts_[token];
  if (!event) return {};
  return events_[*event].phones;
}

AlignmentGap Alignment::gap(std::size_t event) const {
  AlignmentGap gap;
  for (std::size_t e = event; e-- > 0 && !gap.before;) {
    if (is_last_attempt(e)) gap.before = e;
  }
  for (std::size_t e = event; e < events_.size() && !gap.after; ++e) {
    if (is_last_attempt(e)) gap.after = e;
  }
  return gap;
}

}  // namespace saywell
