#include "format/json_text.h"

#include <utf8proc.h>

#include <array>
#include <boost/json/parser.hpp>
#include <boost/json/serialize.hpp>
#include <charconv>
#include <cmath>

namespace saywell {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
constexpr std::string_view kWhiteSpace = " \t\r\n";

std::string well_formed(std::string_view text) {
  std::string clean;
  clean.reserve(text.size());
  while (!text.empty()) {
    utf8proc_int32_t code_point = 0;
    const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
    const utf8proc_ssize_t length =
        utf8proc_iterate(bytes, static_cast<utf8proc_ssize_t>(text.size()), &code_point);
    const std::size_t taken = length > 0 ? static_cast<std::size_t>(length) : 1;
    clean += length > 0 ? text.substr(0, taken) : kReplacement;
    text.remove_prefix(taken);
  }
  return clean;
}

void append_string(std::string& out, std::string_view text) {
  out += boost::json::serialize(boost::json::string_view(well_formed(text)));
}

void append_number(std::string& out, double number) {
  if (!std::isfinite(number)) {
    out += "null";
    return;
  }
  // The shortest digits that read back as the same number; an exponent only instead of very many
  // zeros.
  const double size = std::abs(number);
  const bool plain = size == 0 || (size > 1e-6 && size < 1e15);
  std::array<char, 48> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number,
                                 plain ? std::chars_format::fixed : std::chars_format::general)
                       .ptr;
  out.append(digits.data(), end);
}

void append_value(std::string& out, const boost::json::value& value);

void append_array(std::string& out, const boost::json::array& array) {
  out += '[';
  for (std::size_t i = 0; i < array.size(); ++i) {
    if (i > 0) out += ',';
    append_value(out, array[i]);
  }
  out += ']';
}

void append_object(std::string& out, const boost::json::object& object) {
  out += '{';
  bool first = true;
  for (const auto& [name, member] : object) {
    if (!first) out += ',';
    first = false;
    append_string(out, name);
    out += ':';
    append_value(out, member);
  }
  out += '}';
}

void append_value(std::string& out, const boost::json::value& value) {
  if (value.is_object()) return append_object(out, value.get_object());
  if (value.is_array()) return append_array(out, value.get_array());
  if (value.is_string()) return append_string(out, value.get_string());
  if (value.is_double()) return append_number(out, value.get_double());
  out += boost::json::serialize(value);  // null, booleans, whole numbers
}

Status not_json(std::string what, std::size_t byte) {
  return Status(Code::kBadParameter,
                "JSON: " + std::move(what) + " at byte " + std::to_string(byte));
}

}  // namespace

std::string json_text(const boost::json::value& value) {
  std::string out;
  append_value(out, value);
  return out;
}

Result<boost::json::object> parse_json_object(std::string_view text) {
  if (text.size() > kMaxJsonBytes) {
    return Status(Code::kBadParameter,
                  "JSON: " + std::to_string(text.size()) + " bytes, at most 1000000");
  }
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  boost::json::parse_options options;
  options.max_depth = kMaxJsonDepth;
  boost::json::parser parser({}, options);
  boost::system::error_code error;
  const std::size_t read = parser.write_some(text.data(), text.size(), error);
  if (error) return not_json(error.message(), read);
  const std::size_t behind = text.find_first_not_of(kWhiteSpace, read);
  if (behind != std::string_view::npos) return not_json("more than one value", behind);
  boost::json::value value = parser.release();
  if (!value.is_object()) return Status(Code::kBadParameter, "JSON: an object {…} is expected");
  return std::move(value.get_object());
}

}  // namespace saywell
