#include "text/normalise.h"

#include <algorithm>
#include <array>

#include "text/abbreviations.h"
#include "text/number_readings.h"
#include "text/unicode_text.h"
#include "text/word_readings.h"

namespace saywell {
namespace {

constexpr std::size_t kLongReading = 24;  // words

struct SymbolRow {
  std::string_view symbol;
  std::string_view readings;  // separated by '|'
};
constexpr auto kStandingSymbols = std::to_array<SymbolRow>({
    {"&", "and|ampersand"},
    {"+", "plus|and"},
    {"=", "equals|is|is equal to"},
    {"%", "percent"},
    {"@", "at"},
    {"×", "times|by|multiplied by"},
    {"÷", "divided by|over"},
    {"$", "dollars|dollar"},
    {"€", "euros|euro"},
    {"£", "pounds|pound"},
    {"¥", "yuan|yen"},
    {"¢", "cents|cent"},
    {"°", "degrees|degree"},
});

// Inside a token; an empty alternative allows to say nothing.
constexpr auto kInnerSymbols = std::to_array<SymbolRow>({
    {"&", "and"},
    {"+", "plus"},
    {"=", "equals"},
    {"%", "percent"},
    {"@", "at"},
    {"×", "times"},
    {"÷", "divided by"},
    {"°", "degrees"},
    {"$", "dollars"},
    {"€", "euros"},
    {"£", "pounds"},
    {"¥", "yuan"},
    {"¢", "cents"},
    {"/", "|slash"},
    {".", "|dot|point"},
    {"#", "hashtag|number|"},
});

constexpr auto kWebSymbols = std::to_array<SymbolRow>({
    {".", "dot"},
    {"/", "slash"},
    {":", "colon"},
    {"@", "at"},
    {"-", "dash|hyphen|"},
    {"_", "underscore"},
    {"?", "question mark"},
    {"=", "equals"},
    {"&", "and"},
    {"#", "hash"},
    {"%", "percent"},
    {"+", "plus"},
    {"~", "tilde"},
});

constexpr auto kWebDomains = std::to_array<std::string_view>(
    {"com", "org", "net", "edu", "gov", "io", "uk", "cn", "info", "html", "htm", "pdf", "txt"});

Readings readings_of(std::string_view list) {
  Readings readings;
  for (const std::string& reading : split(list, '|')) {
    Words words = split(reading, ' ');
    if (reading.empty()) words.clear();
    readings.push_back(std::move(words));
  }
  return readings;
}

template <class Table>
Readings find_symbol(const Table& table, std::string_view symbol) {
  for (const SymbolRow& row : table) {
    if (row.symbol == symbol) return readings_of(row.readings);
  }
  return {};
}

bool has_digit(std::string_view text) {
  return text.find_first_of("0123456789") != std::string_view::npos;
}
bool ends_in_digit(std::string_view text) {
  return !text.empty() && text.back() >= '0' && text.back() <= '9';
}

bool begins_with_currency(std::string_view text) {
  return text.starts_with('$') || text.starts_with("€") || text.starts_with("£") ||
         text.starts_with("¥");
}

std::string without_period(const std::string& token) {
  return token.ends_with('.') ? token.substr(0, token.size() - 1) : token;
}

// "km" behind "5", "million" behind "$5".
Readings read_after_number(const std::string& token, const TokenContext& context) {
  if (!ends_in_digit(context.previous)) return {};
  const bool is_one = context.previous == "1";
  if (const auto unit = find_unit(token, true)) return {is_one ? unit->singular : unit->plural};
  if (const auto unit = find_unit(without_period(token), true))
    return {is_one ? unit->singular : unit->plural};
  const std::string lower = to_lower(token);
  const bool is_magnitude = lower == "million" || lower == "billion" || lower == "trillion" ||
                            lower == "thousand" || lower == "hundred";
  if (!is_magnitude || !begins_with_currency(context.previous)) return {};
  const std::string_view symbol = context.previous.substr(
      0, context.previous[0] == '$' ? 1 : context.previous.find_first_of("0123456789."));
  const Readings currency = find_symbol(kStandingSymbols, symbol);
  return currency.empty() ? Readings{} : Readings{joined({lower}, currency[0])};
}

Readings read_abbreviation(const std::string& token, const TokenContext& context) {
  const bool has_period = token.ends_with('.');
  const std::string bare = without_period(token);
  const bool is_capitalised = bare[0] >= 'A' && bare[0] <= 'Z';
  const bool number_follows = !context.next.empty() && has_digit(context.next.substr(0, 1));
  const Abbreviation* row =
      find_abbreviation(to_lower(bare), {has_period, is_capitalised, number_follows});
  if (row == nullptr) return {};
  Readings readings = readings_of(row->readings);
  const bool name_follows =
      !context.next.empty() && context.next[0] >= 'A' && context.next[0] <= 'Z';
  if (!name_follows && (row->written == "st" || row->written == "dr")) {
    std::reverse(readings.begin(), readings.end());
  }
  if (context.is_known(to_lower(bare))) add_reading(readings, {to_lower(bare)});
  return readings;
}

Readings read_initials(const std::string& token) {
  const std::string bare = without_period(token);
  const bool is_one_letter = bare.size() == 1 && bare != token;
  if (!is_initials(bare) || (bare.size() < 3 && !is_one_letter)) return {};
  std::string letters;
  std::copy_if(bare.begin(), bare.end(), std::back_inserter(letters),
               [](char c) { return c != '.'; });
  return {spelled(letters)};
}

bool is_web_like(const std::string& token) {
  const std::string lower = to_lower(token);
  if (lower.find("://") != std::string::npos || lower.starts_with("www.")) return true;
  const std::size_t at_sign = lower.find('@');
  const bool is_address = at_sign != std::string::npos && at_sign > 0 && at_sign + 1 < lower.size();
  std::string_view host = std::string_view(lower).substr(0, lower.find('/'));
  const std::size_t dot = host.rfind('.');
  const bool has_domain =
      dot != std::string_view::npos && dot > 0 &&
      std::find(kWebDomains.begin(), kWebDomains.end(), host.substr(dot + 1)) != kWebDomains.end();
  return is_address || has_domain;
}

Readings read_web_letters(const std::string& letters, const TokenContext& context) {
  const std::string lower = to_lower(letters);
  Readings readings;
  if (lower == "www") add_reading(readings, {"W", "W", "W"});
  if (lower == "http" || lower == "https") add_reading(readings, spelled(letters));
  if (readings.empty()) add_readings(readings, read_letters(letters, context));
  if (readings.empty()) add_reading(readings, spelled(letters));
  return readings;
}

// An e-mail or web address: its signs are said, and parts that are no words are spelled.
Readings read_web(const std::string& token, const TokenContext& context) {
  Readings readings;
  for (const Piece& piece : cut_pieces(token)) {
    Readings next;
    if (piece.kind == 'L') {
      next = read_web_letters(piece.text, context);
    } else if (piece.kind == 'N') {
      next = read_number({'N', piece.text, "", false, false, 0}, {{}, {}, false, context.is_known});
      if (piece.has_point)
        next = cross(next, cross({{"dot"}}, {digit_words(piece.fraction, "zero")}));
    } else {
      next = find_symbol(kWebSymbols, piece.text);
    }
    readings = cross(readings, next);
  }
  return readings;
}

Readings read_part(const std::string& part, const TokenContext& context);

// The parts between `separator`, each by itself. Between numbers a hyphen may be said as "to", a
// slash as itself.
Readings read_parts(const std::string& token, char separator, const TokenContext& context) {
  Readings readings;
  std::string last;
  for (const std::string& part : split(token, separator)) {
    if (part.empty()) continue;
    Readings next = read_part(part, context);
    if (next.empty()) return {};
    const bool is_mixed_fraction =
        separator == ' ' && has_digit(last) && part.find('/') != std::string::npos;
    if (is_mixed_fraction && next.size() > 2) next.resize(2);
    if (!last.empty() && separator == '-' && has_digit(last) && has_digit(part)) {
      readings = cross(readings, {{"to"}, {}});
    } else if (!last.empty() && separator == '/') {
      readings = cross(readings, {{}, {"slash"}});
    } else if (is_mixed_fraction) {
      readings = cross(readings, {{"and"}, {}});
    }
    readings = cross(readings, next);
    last = part;
  }
  return readings;
}

// Letters beside digits and signs: a few capitals are spelled rather than read (A4, AT&T).
Readings read_letters_of_code(const std::string& letters, const TokenContext& context) {
  constexpr std::size_t kLongestCode = 3;
  const bool is_code =
      letters.size() <= kLongestCode &&
      std::all_of(letters.begin(), letters.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  Readings readings;
  if (is_code) add_reading(readings, spelled(letters));
  add_readings(readings, read_letters(letters, context));
  return readings;
}

// Piece by piece, when no rule covers the whole.
Readings read_pieces(const std::string& part, const TokenContext& context) {
  Readings readings;
  const std::vector<Piece> pieces = cut_pieces(part);
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const Piece& piece = pieces[i];
    const bool between_numbers =
        i > 0 && i + 1 < pieces.size() && pieces[i - 1].kind == 'N' && pieces[i + 1].kind == 'N';
    Readings next;
    if (between_numbers && piece.text == "'") {
      next = {{"foot"}, {"feet"}, {}};  // 5'10
    } else if (between_numbers && piece.kind == '.') {
      next = {{"point"}, {"dot"}};  // 2.0.1
    } else if (piece.kind == 'L') {
      next = read_letters_of_code(piece.text, context);
      if (next.empty()) return {};
    } else if (piece.kind == 'N') {
      next = read_number(piece, context);
    } else {
      next = find_symbol(kInnerSymbols, piece.text);
    }
    readings = cross(readings, next);
  }
  return readings;
}

Readings read_signs_behind(const std::string& part, const TokenContext& context) {
  const std::size_t sign = part.find_first_of("+#");
  if (sign == std::string::npos || sign == 0) return {};
  const std::string stem = part.substr(0, sign);
  if (has_digit(stem)) return {};
  Readings stem_readings = read_part(stem, context);
  if (stem_readings.empty()) return {};
  const std::string signs = part.substr(stem.size());
  if (signs == "#") return cross(stem_readings, {{"sharp"}, {"hash"}});
  if (signs == "+" || signs == "++") return cross(stem_readings, {Words(signs.size(), "plus")});
  return {};
}

Readings read_part(const std::string& part, const TokenContext& context) {
  const std::string lower = to_lower(part);
  const bool only_letters = std::all_of(lower.begin(), lower.end(),
                                        [](char c) { return (c >= 'a' && c <= 'z') || c == '\''; });
  if (only_letters) return read_letters(part, context);
  if (has_digit(part)) {
    const bool has_decade = part.size() > 2 && part[0] == '\'' && has_digit(part.substr(1, 1));
    Readings readings = read_number_shape(has_decade ? part.substr(1) : part, context);
    if (!readings.empty()) return readings;
  }
  if (context.is_known(lower)) return {{lower}};
  if (part.ends_with("(s)")) return read_part(part.substr(0, part.size() - 3) + "s", context);
  for (const char separator : {' ', '-', '/'}) {
    const bool splits = part.find(separator) != std::string::npos;
    if (splits) return read_parts(part, separator, context);
  }
  Readings readings = read_signs_behind(part, context);
  return readings.empty() ? read_pieces(part, context) : readings;
}

}  // namespace

Readings normalise_token(const std::string& token, const TokenContext& context) {
  if (token.empty() || !is_readable(token)) return {};
  Readings readings = read_after_number(token, context);
  if (!readings.empty()) return readings;
  if (readings = find_symbol(kStandingSymbols, token); !readings.empty()) return readings;
  if (readings = read_abbreviation(token, context); !readings.empty()) return readings;
  if (readings = read_initials(token); !readings.empty()) return readings;
  readings = is_web_like(token) ? read_web(token, context) : read_part(token, context);
  std::erase_if(readings, [](const Words& words) { return words.empty(); });
  // A very long token has too many combinations to list; the usual ones are enough.
  if (!readings.empty() && readings[0].size() > kLongReading) {
    readings.resize(std::min<std::size_t>(readings.size(), 2));
  }
  return readings;
}

}  // namespace saywell
