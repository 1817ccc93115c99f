#include "text/number_readings.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "text/abbreviations.h"
#include "text/token_pieces.h"

namespace saywell {
namespace {

constexpr std::size_t kMostCardinalDigits = 15;

Words one(std::string_view word) { return {std::string(word)}; }

// 100 also as "a hundred", 105 as "a hundred and five", 1,000,000 as "a million".
Words with_article(std::uint64_t value) {
  Words words = cardinal_words(value, true);
  const bool fits = words.size() >= 2 && words[0] == "one" && (value < 200 || words.size() == 2);
  if (!fits) return {};
  words[0] = "a";
  return words;
}

void add_cardinals(Readings& readings, std::uint64_t value) {
  add_reading(readings, cardinal_words(value));
  add_reading(readings, cardinal_words(value, true));
  add_reading(readings, with_article(value));
}

void add_digits(Readings& readings, std::string_view digits) {
  add_reading(readings, digit_words(digits, "zero"));
  add_reading(readings, digit_words(digits, "oh"));
}

Readings cardinals(std::uint64_t value) {
  Readings readings;
  add_cardinals(readings, value);
  return readings;
}

Readings digits_of(std::string_view digits) {
  Readings readings;
  add_digits(readings, digits);
  return readings;
}

Readings ordinals(std::uint64_t value) {
  Readings readings;
  add_reading(readings, ordinal_of(cardinal_words(value)));
  add_reading(readings, ordinal_of(cardinal_words(value, true)));
  return readings;
}

// 350 -> three fifty, 305 -> three oh five.
Words hundreds_in_pairs(std::uint64_t value) {
  if (value < 100 || value > 999 || value % 100 == 0) return {};
  Words words = cardinal_words(value / 100);
  if (value % 100 < 10) words.emplace_back("oh");
  return joined(std::move(words), cardinal_words(value % 100));
}

Readings read_year(std::uint64_t year) {
  Readings readings;
  const bool pairs_first = (year >= 1100 && year < 2000) || (year >= 2010 && year < 2100);
  if (pairs_first) add_reading(readings, year_words(year));
  add_cardinals(readings, year);
  add_reading(readings, year_words(year));
  return readings;
}

Readings read_leading_zeros(std::string_view digits) {
  Readings readings;
  if (digits == "0") return {one("zero"), one("oh")};
  if (digits.size() == 3 && digits.starts_with("00")) {
    add_reading(readings, joined({"double", "oh"}, cardinal_words(to_number(digits))));
  }
  add_reading(readings, digit_words(digits, "oh"));
  add_reading(readings, digit_words(digits, "zero"));
  if (digits.size() == 2) add_reading(readings, cardinal_words(to_number(digits)));
  return readings;
}

Readings read_integer(const Piece& number) {
  const std::string& digits = number.text;
  if (digits.size() > kMostCardinalDigits) return digits_of(digits);
  const std::uint64_t value = to_number(digits);
  if (number.grouped) return cardinals(value);
  if (digits[0] == '0') return read_leading_zeros(digits);
  Readings readings;
  if (digits.size() == 4) add_readings(readings, read_year(value));
  if (digits.size() >= 7) add_digits(readings, digits);
  add_cardinals(readings, value);
  if (digits.size() == 3) add_reading(readings, hundreds_in_pairs(value));
  if (digits.size() >= 3) add_digits(readings, digits);
  return readings;
}

Readings read_decimal(const Piece& number) {
  Readings whole;
  if (number.text.empty() || number.text == "0") {
    whole = number.text.empty() ? Readings{{}, one("zero")} : Readings{one("zero"), {}, one("oh")};
  } else if (number.text.size() > kMostCardinalDigits) {
    whole = digits_of(number.text);
  } else {
    add_cardinals(whole, to_number(number.text));
  }
  return cross(cross(whole, {one("point")}), digits_of(number.fraction));
}

// A day of the month: third | three | the third.
Readings read_day(std::uint64_t day, bool ordinal_first) {
  Readings readings;
  const Words ordinal = ordinal_of(cardinal_words(day));
  if (ordinal_first) add_reading(readings, ordinal);
  add_reading(readings, cardinal_words(day));
  add_reading(readings, ordinal);
  add_reading(readings, joined({"the"}, ordinal));
  return readings;
}

bool is_between(std::uint64_t value, std::uint64_t low, std::uint64_t high) {
  return value >= low && value <= high;
}

std::uint64_t value_of(const Piece& number) {
  return number.text.size() > kMostCardinalDigits ? ~std::uint64_t{0} : to_number(number.text);
}

struct Currency {
  std::string_view symbol;
  std::string_view one, many;            // dollar, dollars
  std::string_view one_part, many_part;  // cent, cents
};
constexpr std::array<Currency, 4> kCurrencies = {{{"$", "dollar", "dollars", "cent", "cents"},
                                                  {"€", "euro", "euros", "cent", "cents"},
                                                  {"£", "pound", "pounds", "penny", "pence"},
                                                  {"¥", "yuan", "yuan", "fen", "fen"}}};

const Currency& currency_of(std::string_view symbol) {
  const auto* found = std::find_if(kCurrencies.begin(), kCurrencies.end(),
                                   [symbol](const Currency& row) { return row.symbol == symbol; });
  return found == kCurrencies.end() ? kCurrencies.front() : *found;
}

// "$12.50": twelve dollars and fifty cents | twelve dollars fifty cents | twelve fifty.
Readings read_money_with_parts(const Piece& number, const Currency& currency) {
  const std::uint64_t whole = value_of(number), parts = to_number(number.fraction);
  const Words part_words =
      joined(cardinal_words(parts), one(parts == 1 ? currency.one_part : currency.many_part));
  if (whole == 0) return {part_words};
  Readings readings;
  const Words amount = cardinal_words(whole);
  const Words named = joined(amount, one(whole == 1 ? currency.one : currency.many));
  if (parts == 0) return {named};
  add_reading(readings, joined(joined(named, {"and"}), part_words));
  add_reading(readings, joined(named, part_words));
  Words short_parts = cardinal_words(parts);
  if (parts < 10) short_parts.insert(short_parts.begin(), "oh");
  add_reading(readings, joined(amount, short_parts));
  add_reading(readings, joined(named, short_parts));
  return readings;
}

bool is_magnitude(std::string_view word) {
  constexpr auto kMagnitudes =
      std::to_array<std::string_view>({"hundred", "thousand", "million", "billion", "trillion"});
  return std::find(kMagnitudes.begin(), kMagnitudes.end(), to_lower(word)) != kMagnitudes.end();
}

Readings read_money(const Piece& symbol, const Piece& number, std::string_view suffix,
                    const TokenContext& context) {
  const Currency& currency = currency_of(symbol.text);
  const bool is_plain = value_of(number) != ~std::uint64_t{0};
  if (suffix.empty() && number.fraction.size() == 2 && is_plain) {
    return read_money_with_parts(number, currency);
  }
  Readings amount = number.has_point ? read_decimal(number) : read_integer(number);
  if (!suffix.empty()) {
    const std::string lower = to_lower(suffix);
    const std::string_view scale = lower == "m"    ? "million"
                                   : lower == "k"  ? "thousand"
                                   : lower == "b"  ? "billion"
                                   : lower == "bn" ? "billion"
                                   : lower == "tn" ? "trillion"
                                                   : "";
    if (scale.empty()) return {};
    amount = cross(amount, {one(scale)});
  } else if (is_magnitude(context.next)) {
    return amount;  // "$5 million": the next token also says the dollars
  }
  const bool is_one = suffix.empty() && number.text == "1" && !number.has_point;
  return cross(amount, {one(is_one ? currency.one : currency.many)});
}

Readings read_hour_and_minutes(const Piece& hour_piece, const Piece& minute_piece) {
  const std::uint64_t hour = value_of(hour_piece), minutes = value_of(minute_piece);
  const Words hour_words = cardinal_words(hour);
  const Words next_hour = cardinal_words(hour % 12 + 1);
  const Words minute_words = cardinal_words(minutes);
  if (minutes == 0)
    return {joined(hour_words, {"o'clock"}), hour_words, joined(hour_words, {"hundred"})};
  if (minutes < 10) {
    Readings readings = {joined(joined(hour_words, {"oh"}), minute_words)};
    add_reading(readings, joined(joined(minute_words, {"past"}), hour_words));
    return readings;
  }
  Readings readings = {joined(hour_words, minute_words)};
  if (minutes == 30) {
    add_reading(readings, joined({"half", "past"}, hour_words));
  } else if (minutes == 15) {
    add_reading(readings, joined({"quarter", "past"}, hour_words));
    add_reading(readings, joined({"a", "quarter", "past"}, hour_words));
  } else if (minutes == 45) {
    add_reading(readings, joined({"quarter", "to"}, next_hour));
    add_reading(readings, joined({"a", "quarter", "to"}, next_hour));
  } else if (minutes < 30) {
    add_reading(readings, joined(joined(minute_words, {"past"}), hour_words));
  } else {
    add_reading(readings, joined(joined(cardinal_words(60 - minutes), {"to"}), next_hour));
  }
  return readings;
}

Readings read_time(const Piece& hour, const Piece& minutes) {
  const bool is_time = hour.text.size() <= 2 && is_between(value_of(hour), 0, 24) &&
                       minutes.text.size() == 2 && is_between(value_of(minutes), 0, 59);
  if (is_time) return read_hour_and_minutes(hour, minutes);
  const Readings first = read_integer(hour), second = read_integer(minutes);
  Readings readings = cross(cross({first[0]}, {one("to")}), {second[0]});
  add_readings(readings, cross({first[0]}, {second[0]}));
  return readings;
}

Readings read_fraction(const Piece& above, const Piece& below) {
  const std::uint64_t numerator = value_of(above), denominator = value_of(below);
  const Words top = read_integer(above)[0], bottom = read_integer(below)[0];
  Readings readings;
  if (numerator == 24 && denominator == 7) return {joined(top, bottom)};
  if (is_between(numerator, 1, 99) && is_between(denominator, 2, 100)) {
    Words part = denominator == 2 ? one("half") : ordinal_of(cardinal_words(denominator));
    Words quarter = denominator == 4 ? one("quarter") : Words{};
    if (numerator > 1) {
      part = denominator == 2 ? one("halves") : plural_of(part);
      quarter = plural_of(quarter);
    }
    if (!quarter.empty()) add_reading(readings, joined(top, quarter));
    add_reading(readings, joined(top, part));
    if (numerator == 1) add_reading(readings, joined({"a"}, quarter.empty() ? part : quarter));
  }
  if (is_between(numerator, 1, 12) && is_between(denominator, 1, 31)) {
    add_reading(readings, joined(one(month_name(static_cast<int>(numerator))),
                                 ordinal_of(cardinal_words(denominator))));
  }
  add_reading(readings, joined(top, bottom));  // nine eleven
  add_reading(readings, joined(joined(top, {"over"}), bottom));
  add_reading(readings, joined(joined(top, {"slash"}), bottom));
  add_reading(readings, joined(joined(top, {"out", "of"}), bottom));
  return readings;
}

Readings read_date(std::uint64_t year, std::uint64_t month, std::uint64_t day) {
  const Words name = one(month_name(static_cast<int>(month)));
  const Words ordinal = ordinal_of(cardinal_words(day));
  Readings days = {joined(name, ordinal), joined(name, cardinal_words(day)),
                   joined(joined(name, {"the"}), ordinal),
                   joined(joined(joined({"the"}, ordinal), {"of"}), name)};
  Readings years = year < 100 ? cardinals(year) : read_year(year);
  years.resize(std::min<std::size_t>(years.size(), 2));
  return cross(days, years);
}

bool is_date(std::uint64_t year, std::uint64_t month, std::uint64_t day) {
  return is_between(month, 1, 12) && is_between(day, 1, 31) &&
         (is_between(year, 1, 99) || is_between(year, 1000, 9999));
}

Readings read_three(const Piece& a, const Piece& b, const Piece& c) {
  const std::uint64_t first = value_of(a), second = value_of(b), third = value_of(c);
  Readings readings;
  if (is_between(first, 1000, 9999) && is_date(first, second, third))
    return read_date(first, second, third);
  if (is_date(third, first, second)) add_readings(readings, read_date(third, first, second));
  if (readings.empty() && is_date(third, second, first)) return read_date(third, second, first);
  if (!readings.empty()) return readings;
  for (const std::string_view zero : {"zero", "oh"}) {
    add_reading(readings, joined(joined(digit_words(a.text, zero), digit_words(b.text, zero)),
                                 digit_words(c.text, zero)));
  }
  return readings;
}

// "555-1234" digit by digit, "1998-2004" and "5-10" as a range.
Readings read_two(const Piece& a, const Piece& b) {
  const Readings first = read_integer(a), second = read_integer(b);
  Readings readings;
  const bool is_phone = a.text.size() == 3 && b.text.size() == 4;
  if (is_phone) {
    for (const std::string_view zero : {"zero", "oh"}) {
      add_reading(readings, joined(digit_words(a.text, zero), digit_words(b.text, zero)));
    }
  }
  for (std::size_t i = 0; i < std::min<std::size_t>(2, std::max(first.size(), second.size()));
       ++i) {
    const Words& left = first[std::min(i, first.size() - 1)];
    const Words& right = second[std::min(i, second.size() - 1)];
    add_reading(readings, joined(joined(left, {"to"}), right));
    add_reading(readings, joined(left, right));
  }
  return readings;
}

Readings read_with_letters(const Piece& number, const std::string& letters) {
  const std::string lower = to_lower(letters);
  const bool is_ordinal = lower == "st" || lower == "nd" || lower == "rd" || lower == "th";
  if (is_ordinal && !number.has_point && number.text.size() <= kMostCardinalDigits) {
    return ordinals(to_number(number.text));
  }
  if ((lower == "s" || lower == "'s") && !number.has_point &&
      number.text.size() <= kMostCardinalDigits) {
    Readings whole = read_integer(number), readings;
    whole.resize(std::min<std::size_t>(whole.size(), 2));  // the year and the cardinal
    for (const Words& words : whole) add_reading(readings, plural_of(words));
    const bool may_be_seconds = to_number(number.text) < 100 && to_number(number.text) % 10 != 0;
    if (may_be_seconds && lower == "s") add_readings(readings, cross(whole, {{"seconds"}}));
    return readings;
  }
  return {};
}

// "5km": five kilometers. A single letter may also be said as one: "5k".
Readings read_with_unit(const Piece& number, std::string_view rest) {
  const auto unit = find_unit(rest, false);
  if (!unit) return {};
  const bool is_one = number.text == "1" && !number.has_point;
  const Readings amounts = number.has_point ? read_decimal(number) : read_integer(number);
  Readings readings = cross(amounts, {is_one ? unit->singular : unit->plural});
  const bool is_letter = rest.size() == 1 && std::isalpha(static_cast<unsigned char>(rest[0])) != 0;
  if (is_letter && !number.has_point) {
    const auto letter = static_cast<char>(std::toupper(static_cast<unsigned char>(rest[0])));
    add_reading(readings, joined(amounts[0], one(std::string(1, letter))));
  }
  return readings;
}

Readings read_signed(char sign, const std::string& rest, const TokenContext& context) {
  const Readings value =
      rest.find('-') == std::string::npos ? read_number_shape(rest, context) : Readings{};
  if (value.empty()) return {};
  const Readings signs =
      sign == '-' ? Readings{one("minus"), one("negative")} : Readings{one("plus")};
  return cross(signs, value);
}

Readings read_money_shape(const std::vector<Piece>& p, const std::string& shape,
                          const TokenContext& context) {
  if (shape == "$N") return read_money(p[0], p[1], "", context);
  if (shape == "N$") return read_money(p[1], p[0], "", context);
  if (shape == "$NL") return read_money(p[0], p[1], p[2].text, context);
  return {};
}

Readings read_times(const std::vector<Piece>& p, const std::string& shape) {
  if (shape == "N:N") return read_time(p[0], p[2]);
  if (shape != "N:NL") return {};
  const auto unit = find_unit(p[3].text, true);
  if (!unit) return {};
  Readings times = read_time(p[0], p[2]);
  if (value_of(p[2]) == 0)
    times = {cardinal_words(value_of(p[0])), joined(cardinal_words(value_of(p[0])), {"o'clock"})};
  return cross(times, {unit->singular});
}

Readings read_groups(const std::vector<Piece>& p, const std::string& shape) {
  if (shape == "N/N") return read_fraction(p[0], p[2]);
  if (shape == "N/N/N" || shape == "N-N-N") return read_three(p[0], p[2], p[4]);
  if (shape == "N-N") return read_two(p[0], p[2]);
  if (shape == "NxN" || (shape == "NLN" && to_lower(p[1].text) == "x")) {
    const Words left = read_integer(p[0])[0], right = read_integer(p[2])[0];
    return {joined(joined(left, {"by"}), right), joined(joined(left, {"times"}), right),
            joined(joined(left, {"X"}), right)};
  }
  return {};
}

}  // namespace

Readings read_number(const Piece& number, const TokenContext& context) {
  if (number.has_point) return read_decimal(number);
  const bool is_day = number.text.size() <= 2 && is_between(value_of(number), 1, 31);
  if (is_day && month_number(context.previous) != 0) return read_day(value_of(number), true);
  if (is_day && month_number(context.next) != 0) return read_day(value_of(number), false);
  return read_integer(number);
}

Readings read_number_shape(const std::string& token, const TokenContext& context) {
  const std::vector<Piece> pieces = cut_pieces(token);
  const std::string shape = shape_of(pieces);
  if (shape == "N") return read_number(pieces[0], context);
  if (shape == "#N") return cross({{"number"}, {"hashtag"}, {}}, read_number(pieces[1], context));
  if (shape.size() > 1 && (shape[0] == '-' || shape[0] == '+')) {
    return read_signed(shape[0], token.substr(1), context);
  }
  Readings readings = shape == "NL" ? read_with_letters(pieces[0], pieces[1].text) : Readings{};
  if (readings.empty() && pieces.size() > 1 && pieces[0].kind == 'N') {
    readings = read_with_unit(pieces[0], std::string_view(token).substr(pieces[1].begin));
  }
  if (readings.empty()) readings = read_money_shape(pieces, shape, context);
  if (readings.empty()) readings = read_times(pieces, shape);
  const bool has_point =
      std::any_of(pieces.begin(), pieces.end(), [](const Piece& p) { return p.has_point; });
  if (readings.empty() && !has_point) readings = read_groups(pieces, shape);
  return readings;
}

}  // namespace saywell
