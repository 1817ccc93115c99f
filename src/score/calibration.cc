#include "score/calibration.h"

#include <algorithm>
#include <array>
#include <span>

namespace saywell {
namespace {

struct Point {
  double from, to;
};

// Only the sentence's scores need it: of phones and words most labels are full marks.
constexpr std::array<Point, 6> kSentencePoints = {
    {{0, 0}, {62.4, 65}, {77.4, 86}, {81.4, 91}, {87.4, 95.5}, {100, 100}}};

}  // namespace

double calibrate_sentence(double score) {
  constexpr std::span<const Point> points = kSentencePoints;
  score = std::clamp(score, points.front().from, points.back().from);
  std::size_t i = 1;
  while (i + 1 < points.size() && score > points[i].from) ++i;
  const Point &low = points[i - 1], &high = points[i];
  return low.to + (score - low.from) / (high.from - low.from) * (high.to - low.to);
}

}  // namespace saywell
