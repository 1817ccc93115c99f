#include "base/sound_distance.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "base/edit_distance.h"

namespace saywell {
namespace {

constexpr double kNearPhones = 0.5;

bool differ_in_voice(PhoneId a, PhoneId b) {
  static const std::string_view pairs[][2] = {{"S", "Z"}, {"T", "D"},   {"K", "G"},   {"P", "B"},
                                              {"F", "V"}, {"TH", "DH"}, {"SH", "ZH"}, {"CH", "JH"}};
  return std::any_of(std::begin(pairs), std::end(pairs), [&](const auto& pair) {
    return (phone_name(a) == pair[0] && phone_name(b) == pair[1]) ||
           (phone_name(a) == pair[1] && phone_name(b) == pair[0]);
  });
}

double phone_difference(PhoneId a, PhoneId b) {
  if (a == b) return 0;
  return (is_vowel(a) && is_vowel(b)) || differ_in_voice(a, b) ? kNearPhones : 1;
}

}  // namespace

double sound_distance(std::span<const PhoneId> a, std::span<const PhoneId> b) {
  return edit_distance(a, b, phone_difference);
}

}  // namespace saywell
