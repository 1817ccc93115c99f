// Tokens cut into numbers, letters and symbols, and lists of readings, for the rules of
// normalisation.
//
// Pure functions, callable from any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "text/number_words.h"

namespace saywell {

inline constexpr std::size_t kMaxReadings = 8;

using Readings = std::vector<Words>;  // alternatives, the usual one first

// A run of a token: a number, letters, or one symbol.
struct Piece {
  // 'N' number, 'L' letters, else the symbol; '$' any currency, 'o' °, 'x' ×, 'd' ÷, 'c' ¢
  char kind;
  // A number's whole part without its commas, the letters, or the symbol as written.
  std::string text;
  std::string fraction;  // a number's digits behind the point
  bool grouped = false;  // the number had commas
  bool has_point = false;
  std::size_t begin = 0;  // bytes in the token
};

// Cuts `token` into pieces. `shape_of` writes their kinds: "$1,000.50" is "$N", "10:30am" is
// "N:NL".
std::vector<Piece> cut_pieces(std::string_view token);
std::string shape_of(const std::vector<Piece>& pieces);

// Adds `reading` unless it is already there or empty, or the list is full.
void add_reading(Readings& readings, Words reading);
void add_readings(Readings& readings, const Readings& more);

// Every reading of `a` followed by every one of `b`, the usual ones first, at most kMaxReadings. An
// empty list counts as one reading without words.
Readings cross(const Readings& a, const Readings& b);

}  // namespace saywell
