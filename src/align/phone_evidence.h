// What was heard in a phone's place: the likelihood of every other phone, and of none, instead.
//
// Segmentation-free goodness of pronunciation (Cao et al. 2025, arXiv:2507.16838): the CTC
// likelihood of the phones around with this one replaced or left out, summed over all alignments,
// against the asked sequence. Only a window of two phones on either side is looked at, so cost is
// linear in length.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "align/phone_times.h"

namespace saywell {

struct PhoneEvidence {
  // Log likelihood against the asked phone's; 0 for the asked phone itself; within ±kMaxLogRatio.
  std::array<float, kPhoneCount> replaced{};
  float left_out = 0;
  float added_after = 0;        // the likeliest foreign phone between this one and the next
  PhoneId likeliest_added = 0;  // which one
};

inline constexpr float kMaxLogRatio = 15.0F;

// One a phone. `phones` were read one after the other in `spans` (rows, in order); the neighbours
// of the first and last are not looked at beyond the list. Pure.
std::vector<PhoneEvidence> measure_phone_evidence(const Posteriors& posteriors,
                                                  std::span<const PhoneId> phones,
                                                  std::span<const RowSpan> spans);

}  // namespace saywell
