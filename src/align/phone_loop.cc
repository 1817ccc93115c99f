#include "align/phone_loop.h"

#include <algorithm>

namespace saywell {

std::vector<float> phone_loop_emissions(const Posteriors& posteriors, FrameSpan frames,
                                        float phone_cost) {
  std::vector<float> emissions;
  std::ptrdiff_t last_best = kBlankColumn;
  for (std::size_t frame = frames.begin; frame < frames.end; ++frame) {
    const auto ctc = posteriors.ctc_at(frame);
    const std::ptrdiff_t best = std::max_element(ctc.begin() + 1, ctc.end()) - ctc.begin();
    const float cost = best == last_best ? 0 : phone_cost;
    const float phone = ctc[static_cast<std::size_t>(best)] - cost;
    last_best = phone > ctc[kBlankColumn] ? best : kBlankColumn;
    emissions.push_back(std::max(phone, ctc[kBlankColumn]));
  }
  return emissions;
}

}  // namespace saywell
