#include "base/nearest_name.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace saywell {
namespace {

constexpr std::array<std::string_view, 3> kKnown = {"http_port", "rtmp_port", "data_dir"};

TEST(NearestName, NamesTheClosestOne) {
  EXPECT_EQ(nearest_name_hint("htp_port", kKnown), "; is 'http_port' meant?");
  EXPECT_EQ(nearest_name_hint("datadir", kKnown), "; is 'data_dir' meant?");
}

TEST(NearestName, IsSilentWhenNothingIsClose) {
  EXPECT_EQ(nearest_name_hint("colour", kKnown), "");
  EXPECT_EQ(nearest_name_hint("", {}), "");
  EXPECT_EQ(nearest_name_hint(std::string(100'000, 'h'), kKnown), "");
}

}  // namespace
}  // namespace saywell
