#include "score/calibration.h"

#include <algorithm>
#include <array>
#include <span>

namespace saywell {
namespace {

struct Point {
  double from, to;
};

constexpr std::array<Point, 2> kPhonePoints = {{{0, 0}, {100, 100}}};
constexpr std::array<Point, 2> kWordPoints = {{{0, 0}, {100, 100}}};
constexpr std::array<Point, 2> kSentencePoints = {{{0, 0}, {100, 100}}};

std::span<const Point> points_of(Scale scale) {
  switch (scale) {
    case Scale::kPhone: return kPhonePoints;
    case Scale::kWord: return kWordPoints;
    case Scale::kSentence: return kSentencePoints;
  }
  return kSentencePoints;
}

}  // namespace

double calibrate(Scale scale, double score) {
  const std::span<const Point> points = points_of(scale);
  score = std::clamp(score, points.front().from, points.back().from);
  std::size_t i = 1;
  while (i + 1 < points.size() && score > points[i].from) ++i;
  const Point &low = points[i - 1], &high = points[i];
  return low.to + (score - low.from) / (high.from - low.from) * (high.to - low.to);
}

}  // namespace saywell
