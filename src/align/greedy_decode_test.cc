#include "align/greedy_decode.h"

#include <gtest/gtest.h>

#include <cmath>

#include "align/testing/synthetic_posteriors.h"

namespace saywell {
namespace {

std::string decoded_in(const Posteriors& posteriors, FrameSpan frames) {
  std::string names;
  for (const DecodedPhone& decoded : greedy_decode(posteriors, frames)) {
    names += (names.empty() ? "" : " ") + std::string(phone_name(decoded.phone));
  }
  return names;
}

TEST(GreedyDecode, ThePhonesOfTheFramesInOrder) {
  const Posteriors posteriors = synthetic_posteriors("- W IY - K AO L -", 3);
  EXPECT_EQ(decoded_in(posteriors, {0, posteriors.frame_count()}), "W IY K AO L");
  EXPECT_EQ(decoded_in(posteriors, {3, 9}), "W IY");
  EXPECT_EQ(decoded_in(posteriors, {0, 3}), "");
}

TEST(GreedyDecode, APhoneThatGoesOnIsOneAndAfterBlankAnother) {
  Posteriors posteriors = synthetic_posteriors("S - S", 1);
  EXPECT_EQ(decoded_in(posteriors, {0, 3}), "S S");
  posteriors = synthetic_posteriors("S S", 1);
  EXPECT_EQ(decoded_in(posteriors, {0, 2}), "S");
}

TEST(GreedyDecode, ProbabilityIsTheHighestAndFrameTheFirst) {
  Posteriors posteriors = synthetic_posteriors("- S S", 1);
  const std::size_t column = *parse_arpabet("S") + 1U;
  posteriors.ctc[1 * kPosteriorColumns + column] = std::log(0.7F);
  posteriors.ctc[2 * kPosteriorColumns + column] = std::log(0.9F);
  const std::vector<DecodedPhone> decoded = greedy_decode(posteriors, {0, 3});
  ASSERT_EQ(decoded.size(), 1U);
  EXPECT_NEAR(decoded[0].probability, 0.9, 1e-6);
  EXPECT_EQ(decoded[0].first_frame, 1U);
}

}  // namespace
}  // namespace saywell
