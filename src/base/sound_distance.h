// How much two strings of phones differ to the ear.
#pragma once

#include <span>

#include "base/phone_set.h"

namespace saywell {

// Edit distance: 1 for a phone more, less or other; 0.5 for one vowel instead of another, and for a
// consonant that differs only in voice. Pure.
double sound_distance(std::span<const PhoneId> a, std::span<const PhoneId> b);

}  // namespace saywell
