// Evidence for a phone in its place, against every other phone, none, and one more.
//
// Segmentation-free goodness of pronunciation (Cao et al. 2025, arXiv:2507.16838): the CTC
// likelihood of the phones around with this one substituted or omitted, summed over all alignments,
// against the asked sequence. Only a window of two phones on either side counts, so that the cost
// is linear in the length.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "acoustic/embeddings_to_posteriors.h"

namespace saywell {

// Log likelihoods against the asked phone's, within ±kMaxLogRatio.
struct PhoneEvidence {
  std::array<float, kPhoneCount> substitution{};  // by each phone; 0 for the asked phone itself
  float omission = 0;
  float insertion = 0;             // of the likeliest foreign phone between this one and the next
  PhoneId likeliest_inserted = 0;  // that phone
};

inline constexpr float kMaxLogRatio = 15.0F;

// One per phone. `phones` were said one after the other in `windows` (frames, in order);
// neighbours outside the list are ignored. Pure.
std::vector<PhoneEvidence> measure_phone_evidence(const Posteriors& posteriors,
                                                  std::span<const PhoneId> phones,
                                                  std::span<const FrameSpan> windows);

}  // namespace saywell
