#include "score/calibration.h"

#include <algorithm>
#include <array>
#include <span>

namespace saywell {
namespace {

struct Point {
  double from, to;
};

constexpr std::array<Point, 6> kTotalPoints = {
    {{0, 0}, {62, 63}, {75, 76}, {81.4, 83.2}, {86, 90}, {100, 100}}};

}  // namespace

double calibrate_total(double score) {
  constexpr std::span<const Point> points = kTotalPoints;
  score = std::clamp(score, points.front().from, points.back().from);
  std::size_t i = 1;
  while (i + 1 < points.size() && score > points[i].from) ++i;
  const Point &low = points[i - 1], &high = points[i];
  return low.to + (score - low.from) / (high.from - low.from) * (high.to - low.to);
}

}  // namespace saywell
