// How different two strings of phones sound.
#pragma once

#include <span>

#include "base/phone_set.h"

namespace saywell {

// Edit distance: 1 per inserted, deleted or replaced phone, but 0.5 for a vowel in place of another
// vowel and for a consonant that differs only in voicing. Pure.
double sound_distance(std::span<const PhoneId> a, std::span<const PhoneId> b);

}  // namespace saywell
