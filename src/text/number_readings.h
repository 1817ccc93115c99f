// Turns tokens with digits into their spoken words; the part of normalise_token for numbers.
//
// Pure functions, callable from any thread.
#pragma once

#include <string>

#include "text/normalise.h"
#include "text/token_pieces.h"

namespace saywell {

// The readings of a number by itself: as a cardinal, a year, a day beside a month, digit by digit.
Readings read_number(const Piece& number, const TokenContext& context);

// The readings of a token in the shape of a number (times, dates, money, ordinals, units, telephone
// numbers …); empty for other shapes.
Readings read_number_shape(const std::string& token, const TokenContext& context);

}  // namespace saywell
