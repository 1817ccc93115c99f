#include "text/token_pieces.h"

#include <algorithm>

namespace saywell {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Reads a number of `token` at `at`: digits, groups of three behind commas, a fraction.
Piece cut_number(std::string_view token, std::size_t at) {
  Piece piece{'N', "", "", false, false, at};
  const auto digits_at = [&](std::size_t from) {
    std::size_t count = 0;
    while (from + count < token.size() && is_digit(token[from + count])) ++count;
    return count;
  };
  std::size_t size = digits_at(at);
  piece.text = token.substr(at, size);
  at += size;
  while (size >= 1 && size <= 3 && at < token.size() && token[at] == ',' &&
         digits_at(at + 1) == 3) {
    piece.grouped = true;
    piece.text += token.substr(at + 1, 3);
    at += 4;
  }
  const std::size_t fraction = at < token.size() && token[at] == '.' ? digits_at(at + 1) : 0;
  const std::size_t after = at + 1 + fraction;
  const bool is_version =
      after + 1 < token.size() && token[after] == '.' && is_digit(token[after + 1]);
  const bool follows_point =
      piece.begin > 0 && token[piece.begin - 1] == '.' && !piece.text.empty();
  if (fraction > 0 && !is_version && !follows_point) {
    piece.has_point = true;
    piece.fraction = token.substr(at + 1, fraction);
  }
  return piece;
}

std::size_t end_of(const Piece& number, std::string_view token) {
  std::size_t left = number.text.size(), at = number.begin;
  for (; left > 0; ++at) {
    if (is_digit(token[at])) --left;
  }
  return number.has_point ? at + 1 + number.fraction.size() : at;
}

Piece cut_symbol(std::string_view token, std::size_t at) {
  std::size_t size = 1;
  while (at + size < token.size() && (static_cast<unsigned char>(token[at + size]) & 0xC0) == 0x80)
    ++size;
  const std::string text(token.substr(at, size));
  char kind = text[0];
  if (text == "€" || text == "£" || text == "¥") kind = '$';
  if (text == "°") kind = 'o';
  if (text == "×") kind = 'x';
  if (text == "÷") kind = 'd';
  if (text == "¢") kind = 'c';
  return {kind, text, "", false, false, at};
}

}  // namespace

std::vector<Piece> cut_pieces(std::string_view token) {
  std::vector<Piece> pieces;
  for (std::size_t at = 0; at < token.size();) {
    const bool point_starts =
        token[at] == '.' && at + 1 < token.size() && is_digit(token[at + 1]) &&
        (pieces.empty() || pieces.back().kind == '$' || pieces.back().kind == '-');
    if (is_digit(token[at]) || point_starts) {
      pieces.push_back(cut_number(token, at));
      at = end_of(pieces.back(), token);
    } else if (is_letter(token[at]) || token[at] == '\'') {
      std::size_t end = at;
      while (end < token.size() && (is_letter(token[end]) || token[end] == '\'')) ++end;
      pieces.push_back({'L', std::string(token.substr(at, end - at)), "", false, false, at});
      at = end;
    } else {
      pieces.push_back(cut_symbol(token, at));
      at += pieces.back().text.size();
    }
  }
  return pieces;
}

std::string shape_of(const std::vector<Piece>& pieces) {
  std::string shape;
  for (const Piece& piece : pieces) shape += piece.kind;
  return shape;
}

void add_reading(Readings& readings, Words reading) {
  if (reading.empty() || readings.size() >= kMaxReadings) return;
  if (std::find(readings.begin(), readings.end(), reading) == readings.end()) {
    readings.push_back(std::move(reading));
  }
}

void add_readings(Readings& readings, const Readings& more) {
  for (const Words& reading : more) add_reading(readings, reading);
}

Readings cross(const Readings& a, const Readings& b) {
  if (a.empty()) return b;
  if (b.empty()) return a;
  Readings readings;
  for (std::size_t sum = 0; sum + 2 <= a.size() + b.size(); ++sum) {
    for (std::size_t i = 0; i <= sum; ++i) {
      const std::size_t j = sum - i;
      if (i < a.size() && j < b.size() && readings.size() < kMaxReadings)
        readings.push_back(joined(a[i], b[j]));
    }
  }
  return readings;
}

}  // namespace saywell
