#include "wire/form_fields.h"

#include <algorithm>
#include <array>
#include <boost/json/value.hpp>
#include <charconv>
#include <optional>

#include "base/status_macros.h"
#include "format/json_text.h"
#include "text/unicode_text.h"

namespace saywell {
namespace {

constexpr std::array<std::string_view, 4> kNumbers = {"rank", "scoreType", "precision",
                                                      "deadlineMs"};
constexpr std::array<std::string_view, 2> kFlags = {"attachAudioUrl", "store"};

Status bad(std::string_view name, const std::string& what) {
  return Status(Code::kBadParameter, shortened(std::string(name), 60), what);
}

std::optional<int> hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return std::nullopt;
}

Result<std::string> decoded(std::string_view text, bool plus_is_space) {
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      plain += plus_is_space && text[i] == '+' ? ' ' : text[i];
      continue;
    }
    const auto high = i + 2 < text.size() ? hex_digit(text[i + 1]) : std::nullopt;
    const auto low = i + 2 < text.size() ? hex_digit(text[i + 2]) : std::nullopt;
    if (!high || !low) return bad(text, "'%' without two hexadecimal digits");
    plain += static_cast<char>(*high * 16 + *low);
    i += 2;
  }
  if (Status read = decode_text(plain).status(); !read.ok()) return bad(text, read.detail());
  return plain;
}

template <class Names>
bool contains(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

boost::json::value typed(std::string_view name, const std::string& text) {
  if (contains(kNumbers, name)) {
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc() && end == text.data() + text.size()) return number;
  }
  if (contains(kFlags, name)) {
    if (text == "true" || text == "1") return true;
    if (text == "false" || text == "0") return false;
  }
  if (name == "phones") {
    const Result<boost::json::object> list = parse_json_object("{\"phones\":" + text + "}");
    if (list.ok() && list->size() == 1) return list->at("phones");
  }
  return boost::json::value(text);
}

}  // namespace

Result<std::string> percent_decoded(std::string_view text) { return decoded(text, false); }

Result<FormFields> parse_form_fields(std::string_view text) {
  FormFields fields;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('&'), text.size());
    const std::string_view piece = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (piece.empty()) continue;
    if (fields.size() == kMaxFormFields) {
      return bad(piece, "more than " + std::to_string(kMaxFormFields) + " fields");
    }
    const std::size_t equals = std::min(piece.find('='), piece.size());
    ASSIGN_OR_RETURN(std::string name, decoded(piece.substr(0, equals), true));
    Result<std::string> value = decoded(piece.substr(std::min(equals + 1, piece.size())), true);
    if (!value.ok()) return bad(name, value.status().explanation());
    fields.emplace_back(std::move(name), *std::move(value));
  }
  return fields;
}

Result<boost::json::object> form_fields_to_request(const FormFields& fields) {
  boost::json::object request;
  for (const auto& [name, text] : fields) {
    if (request.contains(name)) return bad(name, "it stands twice");
    request[name] = typed(name, text);
  }
  return request;
}

}  // namespace saywell
