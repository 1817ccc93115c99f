#include "recognise/word_times.h"

#include <algorithm>

#include "align/alignment_path.h"
#include "align/phone_alignment.h"
#include "base/status_macros.h"

namespace saywell {
namespace {

// Words the search did not find at all share what is between their neighbours.
void fill_gaps(std::vector<TimeRegion>& regions, const std::vector<bool>& found, TimeRegion all) {
  for (std::size_t first = 0; first < regions.size();) {
    if (found[first]) {
      ++first;
      continue;
    }
    std::size_t end = first;
    while (end < regions.size() && !found[end]) ++end;
    const double start_s = first == 0 ? all.start_s : regions[first - 1].end_s;
    const double end_s =
        std::max(start_s, end == regions.size() ? all.end_s : regions[end].start_s);
    const double part_s = (end_s - start_s) / static_cast<double>(end - first);
    for (std::size_t i = first; i < end; ++i) {
      regions[i].start_s = start_s + static_cast<double>(i - first) * part_s;
      regions[i].end_s = regions[i].start_s + part_s;
    }
    first = end;
  }
}

}  // namespace

Posteriors posteriors_between(const Posteriors& all, std::size_t first_frame,
                              std::size_t end_frame) {
  const auto begin = std::lower_bound(all.clock.begin(), all.clock.end(), first_frame);
  const auto end = std::lower_bound(begin, all.clock.end(), end_frame);
  const auto offset = (begin - all.clock.begin()) * kPosteriorColumns;
  const auto size = (end - begin) * kPosteriorColumns;
  Posteriors part;
  part.clock.assign(begin, end);
  part.ctc.assign(all.ctc.begin() + offset, all.ctc.begin() + offset + size);
  part.framewise.assign(all.framewise.begin() + offset, all.framewise.begin() + offset + size);
  return part;
}

Result<std::vector<TimeRegion>> align_words(const Posteriors& posteriors,
                                            const ReferenceText& text) {
  const TextVariants variants = text_variants(text);
  const std::vector<TokenBelief> beliefs(variants.size(), TokenBelief::kRead);
  std::vector<AlignedEvent> events =
      with_phones(find_alignment_path(posteriors, variants, {}, beliefs).events, variants);
  RETURN_IF_ERROR(time_phones(posteriors, events));
  std::vector<TimeRegion> regions(variants.size());
  std::vector<bool> found(variants.size(), false);
  for (const AlignedEvent& event : events) {
    if (event.phones.empty()) continue;
    // Of a word that was repeated the last attempt counts.
    regions[event.token] =
        posteriors.time_of({event.phones.front().frames.begin, event.phones.back().frames.end});
    found[event.token] = true;
  }
  const std::size_t frames = posteriors.frame_count();
  if (frames == 0) return Status(Code::kNoAlignment, "there is no speech to align with");
  fill_gaps(regions, found, posteriors.time_of({0, frames}));
  return regions;
}

}  // namespace saywell
