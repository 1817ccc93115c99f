// Numbers in words, American English.
//
// Pure functions, callable from any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace saywell {

using Words = std::vector<std::string>;  // one reading: lower-case words in the order they are said

// 342 -> three hundred forty two; `with_and` puts "and" before the last two digits (three hundred
// and forty two). Any value.
Words cardinal_words(std::uint64_t value, bool with_and = false);

// The last word of a cardinal as an ordinal: twenty one -> twenty first.
Words ordinal_of(Words cardinal);

// The last word in the plural: nineteen ninety -> nineteen nineties.
Words plural_of(Words cardinal);

// A year 1000–9999 in pairs: 1984 -> nineteen eighty four, 1905 -> nineteen oh five, 1900 ->
// nineteen hundred. Empty for whole thousands and other numbers, which are never said in pairs.
Words year_words(std::uint64_t year);

// Digit by digit, a zero said as `zero`. REQUIRES: `digits` has only 0–9.
Words digit_words(std::string_view digits, std::string_view zero);

// `digits` as a number when it has no more than 18 digits. REQUIRES: `digits` has only 0–9.
std::uint64_t to_number(std::string_view digits);

// `a` followed by `b`.
Words joined(Words a, const Words& b);

}  // namespace saywell
