#include "text/abbreviations.h"

#include <algorithm>
#include <array>

namespace saywell {
namespace {

// clang-format off: one row per line
constexpr auto kAbbreviations = std::to_array<Abbreviation>({
    {"mr", "mister", Needs::kNothing, false},
    {"mrs", "mrs", Needs::kNothing, false},
    {"ms", "ms", Needs::kPeriod, false},
    {"messrs", "messrs", Needs::kPeriod, false},
    {"dr", "doctor|drive", Needs::kNothing, false},
    {"st", "saint|street", Needs::kPeriod, true},
    {"prof", "professor", Needs::kPeriod, false},
    {"gen", "general", Needs::kPeriodCapital, false},
    {"sgt", "sergeant", Needs::kPeriod, false},
    {"capt", "captain", Needs::kPeriod, false},
    {"lt", "lieutenant", Needs::kPeriod, false},
    {"col", "colonel", Needs::kPeriodCapital, false},
    {"rev", "reverend", Needs::kPeriodCapital, false},
    {"hon", "honorable", Needs::kPeriodCapital, false},
    {"gov", "governor", Needs::kPeriod, false},
    {"sen", "senator", Needs::kPeriodCapital, false},
    {"rep", "representative", Needs::kPeriodCapital, false},
    {"pres", "president", Needs::kPeriodCapital, false},
    {"mt", "mount", Needs::kPeriodCapital, false},
    {"ft", "fort|feet", Needs::kPeriodCapital, false},
    {"jr", "junior", Needs::kNothing, true},
    {"sr", "senior", Needs::kPeriod, true},
    {"vs", "versus", Needs::kNothing, false},
    {"etc", "etcetera|et cetera", Needs::kNothing, true},
    {"eg", "for example|E G", Needs::kPeriod, false},
    {"e.g", "for example|E G", Needs::kNothing, false},
    {"i.e", "that is|I E", Needs::kNothing, false},
    {"a.k.a", "also known as|A K A", Needs::kNothing, false},
    {"ph.d", "P H D", Needs::kNothing, true},
    {"w/o", "without", Needs::kNothing, false},
    {"c/o", "care of", Needs::kNothing, false},
    {"approx", "approximately", Needs::kPeriod, false},
    {"dept", "department", Needs::kPeriod, true},
    {"ave", "avenue", Needs::kPeriod, true},
    {"blvd", "boulevard", Needs::kNothing, true},
    {"rd", "road", Needs::kPeriod, true},
    {"inc", "incorporated|inc", Needs::kPeriod, true},
    {"ltd", "limited", Needs::kNothing, true},
    {"co", "company", Needs::kPeriodCapital, true},
    {"corp", "corporation", Needs::kPeriodCapital, true},
    {"bros", "brothers", Needs::kPeriod, true},
    {"no", "number", Needs::kPeriodAndNumber, false},
    {"nos", "numbers", Needs::kPeriodAndNumber, false},
    {"p", "page", Needs::kPeriodAndNumber, false},
    {"pp", "pages", Needs::kPeriodAndNumber, false},
    {"vol", "volume", Needs::kPeriodAndNumber, false},
    {"ch", "chapter", Needs::kPeriodAndNumber, false},
    {"fig", "figure", Needs::kPeriodAndNumber, false},
    {"jan", "january", Needs::kPeriodCapital, true},
    {"feb", "february", Needs::kPeriodCapital, true},
    {"mar", "march", Needs::kPeriodCapital, true},
    {"apr", "april", Needs::kPeriodCapital, true},
    {"jun", "june", Needs::kPeriodCapital, true},
    {"jul", "july", Needs::kPeriodCapital, true},
    {"aug", "august", Needs::kPeriodCapital, true},
    {"sep", "september", Needs::kPeriodCapital, true},
    {"sept", "september", Needs::kPeriodCapital, true},
    {"oct", "october", Needs::kPeriodCapital, true},
    {"nov", "november", Needs::kPeriodCapital, true},
    {"dec", "december", Needs::kPeriodCapital, true},
    {"mon", "monday", Needs::kPeriodCapital, true},
    {"tue", "tuesday", Needs::kPeriodCapital, true},
    {"tues", "tuesday", Needs::kPeriodCapital, true},
    {"wed", "wednesday", Needs::kPeriodCapital, true},
    {"thu", "thursday", Needs::kPeriodCapital, true},
    {"thurs", "thursday", Needs::kPeriodCapital, true},
    {"fri", "friday", Needs::kPeriodCapital, true},
    {"sat", "saturday", Needs::kPeriodCapital, true},
    {"sun", "sunday", Needs::kPeriodCapital, true},
});

struct UnitRow {
  std::string_view written;  // forms separated by '|'
  std::string_view singular;
  std::string_view plural;
  bool stands_alone;  // also as a token of its own after a number
};
constexpr auto kUnits = std::to_array<UnitRow>({
    {"km|Km|KM", "kilometer", "kilometers", true},
    {"m", "meter", "meters", true},
    {"cm", "centimeter", "centimeters", true},
    {"mm", "millimeter", "millimeters", true},
    {"kg|Kg|KG|kgs", "kilogram", "kilograms", true},
    {"g", "gram", "grams", true},
    {"mg", "milligram", "milligrams", true},
    {"lb|lbs", "pound", "pounds", true},
    {"oz", "ounce", "ounces", true},
    {"ft", "foot", "feet", true},
    {"in", "inch", "inches", false},
    {"yd|yds", "yard", "yards", true},
    {"mi", "mile", "miles", false},
    {"mph", "mile per hour", "miles per hour", true},
    {"km/h|kmh|kph", "kilometer per hour", "kilometers per hour", true},
    {"m/s", "meter per second", "meters per second", true},
    {"l|L", "liter", "liters", true},
    {"ml|mL", "milliliter", "milliliters", true},
    {"sec|secs", "second", "seconds", true},
    {"ms", "millisecond", "milliseconds", true},
    {"min|mins", "minute", "minutes", true},
    {"h", "hour", "hours", true},
    {"hr|hrs", "hour", "hours", true},
    {"yr|yrs", "year", "years", true},
    {"KB|kB|kb", "kilobyte", "kilobytes", true},
    {"MB|mb", "megabyte", "megabytes", true},
    {"GB|gb", "gigabyte", "gigabytes", true},
    {"TB|tb", "terabyte", "terabytes", true},
    {"Hz|hz", "hertz", "hertz", true},
    {"kHz|khz|KHz", "kilohertz", "kilohertz", true},
    {"MHz|Mhz", "megahertz", "megahertz", true},
    {"GHz|Ghz", "gigahertz", "gigahertz", true},
    {"W", "watt", "watts", true},
    {"kW", "kilowatt", "kilowatts", true},
    {"kWh|kwh", "kilowatt hour", "kilowatt hours", true},
    {"V", "volt", "volts", true},
    {"%", "percent", "percent", true},
    {"°", "degree", "degrees", true},
    {"°C", "degree celsius", "degrees celsius", true},
    {"°F", "degree fahrenheit", "degrees fahrenheit", true},
    {"¢", "cent", "cents", true},
    {"m squared", "square meter", "square meters", true},
    {"km squared", "square kilometer", "square kilometers", true},
    {"cm squared", "square centimeter", "square centimeters", true},
    {"m cubed", "cubic meter", "cubic meters", true},
    {"k|K", "thousand", "thousand", false},
    {"M", "million", "million", false},
    {"bn|B", "billion", "billion", false},
    {"tn|T", "trillion", "trillion", false},
    {"am|AM|a.m|a.m.", "A M", "A M", true},
    {"pm|PM|p.m|p.m.", "P M", "P M", true},
});
// clang-format on

constexpr std::array<std::string_view, 12> kMonths = {
    "january", "february", "march",     "april",   "may",      "june",
    "july",    "august",   "september", "october", "november", "december"};

bool fits(Needs needs, const Surroundings& surroundings) {
  switch (needs) {
    case Needs::kNothing:
      return true;
    case Needs::kPeriod:
      return surroundings.has_period;
    case Needs::kPeriodCapital:
      return surroundings.has_period && surroundings.is_capitalised;
    case Needs::kPeriodAndNumber:
      return surroundings.has_period && surroundings.number_follows;
  }
  return false;
}

}  // namespace

const Abbreviation* find_abbreviation(std::string_view word, const Surroundings& surroundings) {
  const auto found = std::find_if(kAbbreviations.begin(), kAbbreviations.end(),
                                  [word](const Abbreviation& row) { return row.written == word; });
  return found != kAbbreviations.end() && fits(found->needs, surroundings) ? &*found : nullptr;
}

bool is_initials(std::string_view word) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  if (word.size() % 2 == 0) return false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (i % 2 == 0 ? !is_letter(word[i]) : word[i] != '.') return false;
  }
  return true;
}

std::optional<Unit> find_unit(std::string_view written, bool stands_alone) {
  for (const UnitRow& row : kUnits) {
    if (stands_alone && !row.stands_alone) continue;
    for (const std::string& form : split(row.written, '|')) {
      if (form == written) return Unit{split(row.singular, ' '), split(row.plural, ' ')};
    }
  }
  return std::nullopt;
}

int month_number(std::string_view word) {
  std::string lower = to_lower(word);
  if (lower.ends_with('.')) lower.pop_back();
  for (std::size_t i = 0; i < kMonths.size(); ++i) {
    const bool is_short =
        lower.size() >= 3 && (lower == kMonths[i].substr(0, 3) || lower == "sept");
    if (lower == kMonths[i] || (is_short && kMonths[i].starts_with(lower)))
      return static_cast<int>(i) + 1;
  }
  return 0;
}

std::string_view month_name(int month) { return kMonths.at(static_cast<std::size_t>(month - 1)); }

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t at = text.find(separator);
    parts.emplace_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

std::string to_lower(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return lower;
}

}  // namespace saywell
