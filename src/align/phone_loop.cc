#include "align/phone_loop.h"

#include <algorithm>

namespace saywell {

std::vector<float> phone_loop_emissions(const Posteriors& posteriors, RowSpan rows,
                                        float phone_price) {
  std::vector<float> emissions;
  std::ptrdiff_t last_best = kBlankColumn;
  for (std::size_t row = rows.begin; row < rows.end; ++row) {
    const auto ctc = posteriors.ctc_row(row);
    const std::ptrdiff_t best = std::max_element(ctc.begin() + 1, ctc.end()) - ctc.begin();
    const float price = best == last_best ? 0 : phone_price;
    const float phone = ctc[static_cast<std::size_t>(best)] - price;
    last_best = phone > ctc[kBlankColumn] ? best : kBlankColumn;
    emissions.push_back(std::max(phone, ctc[kBlankColumn]));
  }
  return emissions;
}

}  // namespace saywell
