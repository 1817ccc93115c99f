#include "text/reference_marks.h"

#include <algorithm>

#include "text/abbreviations.h"
#include "text/unicode_text.h"

namespace saywell {
namespace {

constexpr std::size_t kMaxForced = 16;
constexpr std::size_t kMaxForcedPhones = 100;

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n\f\v";
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

Status malformed(std::string_view word, std::string_view item, std::string_view reason) {
  return Status(Code::kBadParameter, "refText: '" + shortened(word) + "' has a malformed mark '(" +
                                         shortened(item) + ")': " + std::string(reason));
}

std::optional<bool>* flag_of(char name, Marks& marks) {
  switch (name) {
    case 's':
      return &marks.stressed;
    case 't':
      return &marks.rising;
    case 'g':
      return &marks.pause_after;
    case 'c':
      return &marks.linked;
    default:
      return nullptr;
  }
}

Status parse_forced(std::string_view value, std::string_view word, std::string_view item,
                    Marks& marks) {
  if (!marks.forced.empty()) return malformed(word, item, "z is given twice");
  for (std::string alternative : split(value, '|')) {
    if (alternative.ends_with('\\')) alternative.pop_back();
    Result<GivenPhones> phones = parse_phone_string(alternative);
    if (!phones.ok()) return malformed(word, item, phones.status().detail());
    if (phones->pronunciation.phones.size() > kMaxForcedPhones ||
        marks.forced.size() >= kMaxForced) {
      return malformed(word, item, "more than 100 phones or 16 alternatives");
    }
    marks.forced.push_back(std::move(*phones));
  }
  return Status();
}

Status parse_item(std::string_view item, std::string_view word, Marks& marks) {
  const std::size_t colon = item.find(':');
  if (colon == std::string_view::npos) return malformed(word, item, "a name and ':' are missing");
  const std::string name = to_lower(trimmed(item.substr(0, colon)));
  const std::string_view value = trimmed(item.substr(colon + 1));
  if (name == "z") return parse_forced(value, word, item, marks);
  std::optional<bool>* flag = name.size() == 1 ? flag_of(name[0], marks) : nullptr;
  if (flag == nullptr) return malformed(word, item, "the marks are s, t, g, c and z");
  if (flag->has_value()) return malformed(word, item, name + " is given twice");
  if (value != "0" && value != "1") return malformed(word, item, "the value is 0 or 1");
  *flag = value == "1";
  return Status();
}

}  // namespace

Status parse_marks(std::string_view inner, std::string_view word, Marks& marks) {
  for (const std::string& item : split(inner, ',')) {
    Status status = parse_item(item, word, marks);
    if (!status.ok()) return status;
  }
  return Status();
}

}  // namespace saywell
