#include "wire/header_parameters.h"

#include <algorithm>

namespace saywell {
namespace {

constexpr std::string_view kBlanks = " \t";

std::string lower_case(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return lower;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

// Removes a quoted string, whose first quote is already removed, from the front of `text`.
std::optional<std::string> take_quoted(std::string_view& text) {
  std::string content;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') {
      text.remove_prefix(i + 1);
      return content;
    }
    // A backslash escapes only quote and backslash: old browsers wrote Windows paths unescaped.
    const bool escape =
        text[i] == '\\' && i + 1 < text.size() && (text[i + 1] == '"' || text[i + 1] == '\\');
    if (escape) ++i;
    content += text[i];
  }
  return std::nullopt;
}

std::optional<std::string> take_value(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(kBlanks), text.size()));
  if (!text.empty() && text.front() == '"') {
    text.remove_prefix(1);
    return take_quoted(text);
  }
  const std::size_t end = std::min(text.find(';'), text.size());
  std::string value(trimmed(text.substr(0, end)));
  text.remove_prefix(end);
  return value;
}

}  // namespace

const std::string* ParameterisedValue::find(std::string_view name) const {
  const auto found = std::find_if(parameters.begin(), parameters.end(),
                                  [&](const auto& parameter) { return parameter.first == name; });
  return found == parameters.end() ? nullptr : &found->second;
}

std::optional<ParameterisedValue> parse_parameterised(std::string_view text) {
  ParameterisedValue parsed;
  const std::size_t end = std::min(text.find(';'), text.size());
  parsed.value = lower_case(trimmed(text.substr(0, end)));
  if (parsed.value.empty()) return std::nullopt;
  text.remove_prefix(end);
  while (true) {
    text = trimmed(text);
    if (text.empty()) return parsed;
    if (text.front() != ';') return std::nullopt;  // something behind a quoted string
    text.remove_prefix(1);
    if (trimmed(text).empty()) return parsed;
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos) return std::nullopt;
    std::string name = lower_case(trimmed(text.substr(0, equals)));
    if (name.empty()) return std::nullopt;
    text.remove_prefix(equals + 1);
    std::optional<std::string> value = take_value(text);
    if (!value) return std::nullopt;
    parsed.parameters.emplace_back(std::move(name), *std::move(value));
  }
}

}  // namespace saywell
