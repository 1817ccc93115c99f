// Abbreviations, units of measure, months: written forms and their words.
//
// Tables and look-ups; pure functions, callable from any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "text/number_words.h"

namespace saywell {

// The surroundings that an abbreviation needs.
enum class Needs {
  kNothing,          // "mr", with or without its period
  kPeriod,           // "prof."
  kPeriodCapital,    // "Sat." but not "he sat."
  kPeriodAndNumber,  // "no. 5" but not "no."
};

struct Abbreviation {
  std::string_view written;   // lower case, without the last period
  std::string_view readings;  // separated by '|'; capitals are letters that are spelled
  Needs needs;
  bool ends_sentence;  // false for titles and the like: a name follows
};

// A token's surroundings, as far as they matter to abbreviations.
struct Surroundings {
  bool has_period = false;      // the token is followed by '.', or ends in it
  bool is_capitalised = false;  // the token's first letter
  bool number_follows = false;  // the next token begins with a digit
};

// The row of `word` (lower case, without its last period) when the surroundings fit, else nullptr.
const Abbreviation* find_abbreviation(std::string_view word, const Surroundings& surroundings);

// True for single letters with periods between them: "U.S", "e.g", "J" (the last period taken off).
bool is_initials(std::string_view word);

// A unit after a number, in the exact case it is written ("km", "GB", "°C"): {"kilometer",
// "kilometers"}, the singular for one. nullopt for others. `stands_alone`: the unit is a token of
// its own; then words and letters ("in", "a") are no units.
struct Unit {
  Words singular;
  Words plural;
};
std::optional<Unit> find_unit(std::string_view written, bool stands_alone);

// 1–12 for a month's name or abbreviation (any case, with or without a period), else 0.
int month_number(std::string_view word);

// REQUIRES: 1 <= month <= 12.
std::string_view month_name(int month);

// Splits `text` at `separator`; empty parts are kept.
std::vector<std::string> split(std::string_view text, char separator);

// ASCII letters in lower case; all other bytes are kept.
std::string to_lower(std::string_view text);

}  // namespace saywell
