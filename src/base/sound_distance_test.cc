#include "base/sound_distance.h"

#include <gtest/gtest.h>

#include <vector>

namespace saywell {
namespace {

std::vector<PhoneId> phones(std::initializer_list<std::string_view> names) {
  std::vector<PhoneId> ids;
  for (const std::string_view name : names) ids.push_back(*parse_arpabet(name));
  return ids;
}

TEST(SoundDistance, CountsPhones) {
  EXPECT_EQ(sound_distance(phones({"K", "AO", "L"}), phones({"K", "AO", "L"})), 0);
  EXPECT_EQ(sound_distance(phones({"K", "AO", "L"}), phones({"K", "AO"})), 1);
  EXPECT_EQ(sound_distance(phones({"K", "AO", "L"}), phones({"M", "AO", "L"})), 1);
  EXPECT_EQ(sound_distance({}, phones({"K", "AO"})), 2);
}

TEST(SoundDistance, AnotherVowelOrVoiceIsHalfAPhone) {
  EXPECT_EQ(sound_distance(phones({"B", "EH", "D"}), phones({"B", "AE", "D"})), 0.5);
  EXPECT_EQ(sound_distance(phones({"B", "EH", "D"}), phones({"P", "EH", "T"})), 1);
}

}  // namespace
}  // namespace saywell
