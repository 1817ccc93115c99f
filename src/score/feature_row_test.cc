#include "score/feature_row.h"

#include <gmock/gmock.h>

#include <cmath>
#include <set>
#include <string>

namespace saywell {
namespace {

TEST(FeatureSchema, NamesAreUniqueInTheirTable) {
  for (const FeatureTable& table : kFeatureTables) {
    std::set<std::string_view> names;
    for (const Feature& feature : table.features) {
      EXPECT_TRUE(names.insert(feature.name).second) << feature.name;
      EXPECT_GT(feature.size, 0U) << feature.name;
      EXPECT_GT(feature.scale, 0) << feature.name;
      EXPECT_FALSE(feature.source.empty()) << feature.name;
    }
  }
}

TEST(FeatureSchema, TheJsonHasTheHashAndEveryFeature) {
  const std::string json = feature_schema_json();
  EXPECT_EQ(feature_schema_hash().size(), 16U);
  EXPECT_THAT(json, testing::HasSubstr("\"hash\": \"" + feature_schema_hash() + "\""));
  EXPECT_THAT(json, testing::HasSubstr(
                        R"({"name": "level_db", "size": 1, "scale": 20, "source": "prosody"})"));
  for (const FeatureTable& table : kFeatureTables) {
    for (const Feature& feature : table.features)
      EXPECT_THAT(json, testing::HasSubstr("\"" + std::string(feature.name) + "\""));
  }
}

TEST(FeatureRow, FollowsTheRowsBeforeItAndDividesByTheScale) {
  std::vector<float> rows;
  for (const double pause : {1.0, 2.0}) {
    ReadingFeatureRow row(rows);
    row.set("phones_per_second", 25 * pause);
    row.set("longest_pause", pause);
  }
  ASSERT_EQ(rows.size(), 2 * kReadingRowSize);
  EXPECT_EQ(rows[0], 2.5F);
  EXPECT_EQ(rows[kReadingRowSize], 5.0F);
  const std::size_t longest = offset_of<kReadingFeatures>("longest_pause");
  EXPECT_EQ(rows[longest], 1.0F);
  EXPECT_EQ(rows[kReadingRowSize + longest], 2.0F);
}

TEST(FeatureRow, WhatIsNotSetIsNotANumber) {
  std::vector<float> rows;
  GapFeatureRow row(rows);
  row.set("is_empty", 1);
  EXPECT_EQ(rows[offset_of<kGapFeatures>("is_empty")], 1.0F);
  EXPECT_TRUE(std::isnan(rows[offset_of<kGapFeatures>("is_at_end")]));
}

TEST(FeatureRow, SeveralNumbersOfAKindAreFilledInPlace) {
  std::vector<float> rows;
  PhoneFeatureRow row(rows);
  const std::span<float> evidence = row.values("substitution_evidence");
  ASSERT_EQ(evidence.size(), std::size_t{kPhoneCount});
  std::ranges::fill(evidence, 0.5F);
  const std::size_t begin = offset_of<kPhoneFeatures>("substitution_evidence");
  EXPECT_EQ(begin, 2U * kEmbeddingSize + 2U * kPosteriorColumns);
  EXPECT_EQ(rows[begin], 0.5F);
  EXPECT_EQ(rows[begin + kPhoneCount - 1], 0.5F);
  EXPECT_TRUE(std::isnan(rows[begin + kPhoneCount]));
}

}  // namespace
}  // namespace saywell
