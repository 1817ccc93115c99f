#include "align/align_text.h"

#include <string>
#include <utility>

#include "align/phone_alignment.h"
#include "align/substitutions.h"
#include "align/token_evidence.h"
#include "align/torn_words.h"
#include "base/status_macros.h"

namespace saywell {
namespace {

// Evidence over a run of tokens that nothing else interrupts, earlier attempts included as context.
void measure_run(const Posteriors& posteriors, std::span<AlignedEvent> run) {
  std::vector<AlignedPhone*> phones;
  std::vector<PhoneId> ids;
  std::vector<FrameSpan> windows;
  for (AlignedEvent& event : run) {
    for (AlignedPhone& phone : event.phones) {
      phones.push_back(&phone);
      ids.push_back(phone.phone);
      windows.push_back(phone.window);
    }
  }
  const std::vector<PhoneEvidence> evidence = measure_phone_evidence(posteriors, ids, windows);
  for (std::size_t i = 0; i < phones.size(); ++i) phones[i]->evidence = evidence[i];
}

void measure_evidence(const Posteriors& posteriors, std::vector<AlignedEvent>& events) {
  const std::vector<float> of_tokens = measure_token_evidence(posteriors, events);
  for (std::size_t e = 0; e < events.size(); ++e) events[e].evidence = of_tokens[e];
  for (std::size_t first = 0; first < events.size();) {
    std::size_t end = first;
    while (end < events.size() && events[end].is_token()) ++end;
    measure_run(posteriors, std::span(events).subspan(first, end - first));
    first = end + 1;
  }
}

}  // namespace

Result<Alignment> build_alignment(const Posteriors& posteriors, TextVariants text,
                                  const std::vector<PathEvent>& path) {
  std::vector<AlignedEvent> events = with_phones(path, text);
  RETURN_IF_ERROR(time_phones(posteriors, events));
  RETURN_IF_ERROR(locate_phones(posteriors, events));
  measure_evidence(posteriors, events);
  return Alignment(std::move(text), std::move(events));
}

Result<Alignment> align_text(const Posteriors& posteriors, const ReferenceText& text,
                             const AlignmentCosts& costs, const std::vector<TokenBelief>& beliefs) {
  TextVariants variants = text_variants(text);
  const std::size_t phones = fewest_phones(variants);
  if (phones > posteriors.frame_count()) {
    return Status(Code::kNoAlignment, "the text has " + std::to_string(phones) +
                                          " phones, the speech only " +
                                          std::to_string(posteriors.frame_count()) + " frames");
  }
  std::vector<PathEvent> events = find_alignment_path(posteriors, variants, costs, beliefs).events;
  events = rejoin_torn_words(posteriors, variants, std::move(events));
  events = assign_substitutions(posteriors, variants, events, beliefs);
  return build_alignment(posteriors, std::move(variants), events);
}

}  // namespace saywell
