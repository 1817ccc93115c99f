#include "align/heard_phones.h"

#include <algorithm>
#include <cmath>

namespace saywell {

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

std::vector<PhoneId> ids_of(const std::vector<HeardPhone>& phones) {
  std::vector<PhoneId> ids;
  for (const HeardPhone& phone : phones) ids.push_back(phone.phone);
  return ids;
}

}  // namespace saywell
