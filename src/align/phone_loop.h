// Other speech: any phones, as likely as the likeliest of each row.
#pragma once

#include <vector>

#include "align/phone_times.h"

namespace saywell {

// What a phone loop makes of each row: the best phone, paid for where it begins, or blank. Log
// likelihoods less the price. Pure.
std::vector<float> phone_loop_emissions(const Posteriors& posteriors, RowSpan rows,
                                        float phone_price);

}  // namespace saywell
