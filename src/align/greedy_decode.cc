#include "align/greedy_decode.h"

#include <algorithm>
#include <cmath>

namespace saywell {

std::vector<DecodedPhone> greedy_decode(const Posteriors& posteriors, FrameSpan frames) {
  std::vector<DecodedPhone> decoded;
  std::ptrdiff_t last = kBlankColumn;
  for (std::size_t frame = frames.begin; frame < frames.end; ++frame) {
    const auto ctc = posteriors.ctc_at(frame);
    const std::ptrdiff_t best = std::max_element(ctc.begin(), ctc.end()) - ctc.begin();
    const double probability = std::exp(ctc[static_cast<std::size_t>(best)]);
    if (best != kBlankColumn && best != last) {
      decoded.push_back({static_cast<PhoneId>(best - 1), probability, frame});
    } else if (best != kBlankColumn) {
      decoded.back().probability = std::max(decoded.back().probability, probability);
    }
    last = best;
  }
  return decoded;
}

std::vector<PhoneId> ids_of(const std::vector<DecodedPhone>& phones) {
  std::vector<PhoneId> ids;
  for (const DecodedPhone& phone : phones) ids.push_back(phone.phone);
  return ids;
}

}  // namespace saywell
