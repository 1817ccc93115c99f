#include "align/testing/synthetic_posteriors.h"

#include <cmath>
#include <sstream>
#include <string>

namespace saywell {
namespace {

constexpr float kSure = 0.95F;

void append_frame(std::vector<float>& frames, int column) {
  for (int c = 0; c < kPosteriorColumns; ++c) {
    const float probability = c == column ? kSure : (1 - kSure) / (kPosteriorColumns - 1);
    frames.push_back(std::log(probability));
  }
}

}  // namespace

Posteriors synthetic_posteriors(std::string_view phones, std::size_t frames_each) {
  Posteriors posteriors;
  std::istringstream names{std::string(phones)};
  for (std::string name; names >> name;) {
    const int column = name == "-" ? kBlankColumn : *parse_arpabet(name) + 1;
    for (std::size_t i = 0; i < frames_each; ++i) {
      posteriors.clock.push_back(posteriors.clock.size());
      append_frame(posteriors.ctc, i == frames_each / 2 ? column : kBlankColumn);
      append_frame(posteriors.framewise, column);
    }
  }
  return posteriors;
}

}  // namespace saywell
