#include "base/edit_distance.h"

#include <gtest/gtest.h>

#include <string_view>

namespace saywell {
namespace {

using std::string_view;

TEST(EditDistance, CountsItemsPutInTakenOutAndChanged) {
  EXPECT_EQ(edit_distance(string_view("kitten"), string_view("sitting")), 3U);
  EXPECT_EQ(edit_distance(string_view("abc"), string_view("abc")), 0U);
  EXPECT_EQ(edit_distance(string_view(""), string_view("abc")), 3U);
  EXPECT_EQ(edit_distance(string_view("abc"), string_view("")), 3U);
}

TEST(EditDistance, TakesTheCostOfAReplacement) {
  const auto half = [](char a, char b) { return a == b ? 0.0 : 0.5; };
  EXPECT_EQ(edit_distance(string_view("abc"), string_view("axc"), half), 0.5);
  EXPECT_EQ(edit_distance(string_view("abc"), string_view("ab"), half), 1.0);
}

}  // namespace
}  // namespace saywell
