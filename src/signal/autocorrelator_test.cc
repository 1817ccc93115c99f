#include "signal/autocorrelator.h"

#include <gtest/gtest.h>

#include <numeric>
#include <random>
#include <vector>

namespace saywell {
namespace {

std::vector<float> random_frame(std::size_t samples) {
  std::mt19937 random(7);
  std::uniform_real_distribution<float> value(-1, 1);
  std::vector<float> frame(samples);
  for (float& sample : frame) sample = value(random);
  return frame;
}

TEST(Autocorrelator, EqualsTheSumOfProducts) {
  const std::vector<float> frame = random_frame(500);
  auto autocorrelator = Autocorrelator::create(frame.size(), 267);
  ASSERT_TRUE(autocorrelator.ok());
  const auto correlation = autocorrelator->of(frame);
  ASSERT_EQ(correlation.size(), 268U);
  const auto product_sum = [&](std::size_t lag) {
    return std::inner_product(frame.begin(), frame.end() - static_cast<std::ptrdiff_t>(lag),
                              frame.begin() + static_cast<std::ptrdiff_t>(lag), 0.0);
  };
  for (std::size_t lag = 0; lag < correlation.size(); ++lag) {
    EXPECT_NEAR(correlation[lag] / correlation[0], product_sum(lag) / product_sum(0), 1e-5) << lag;
  }
}

TEST(Autocorrelator, GivesTheSameForAShorterFrameAfterALongerOne) {
  auto autocorrelator = Autocorrelator::create(500, 100);
  ASSERT_TRUE(autocorrelator.ok());
  const std::vector<float> shorter = random_frame(300);
  const auto first = autocorrelator->of_flattened(shorter);
  const std::vector<float> kept(first.begin(), first.end());
  autocorrelator->of_flattened(random_frame(500));
  const auto again = autocorrelator->of_flattened(shorter);
  EXPECT_EQ(kept, std::vector<float>(again.begin(), again.end()));
}

TEST(Autocorrelator, SilenceIsZeroAndFinite) {
  auto autocorrelator = Autocorrelator::create(500, 100);
  ASSERT_TRUE(autocorrelator.ok());
  for (const float value : autocorrelator->of_flattened(std::vector<float>(500)))
    EXPECT_EQ(value, 0);
}

}  // namespace
}  // namespace saywell
