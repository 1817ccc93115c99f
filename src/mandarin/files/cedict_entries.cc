#include "mandarin/files/cedict_entries.h"

#include <cstddef>

namespace saywell {
namespace {

class EntryReader {
 public:
  explicit EntryReader(std::string_view text) : text_(text) {}

  // True when `expected` comes next, which is then passed.
  bool take(std::string_view expected) {
    if (!text_.substr(at_).starts_with(expected)) return false;
    at_ += expected.size();
    return true;
  }

  bool skip_to(std::string_view what) {
    const std::size_t found = text_.find(what, at_);
    if (found == std::string_view::npos) return false;
    at_ = found + what.size();
    return true;
  }

  // The raw inside of a string in quotes.
  bool take_string(std::string_view& inside) {
    if (!take("\"")) return false;
    const std::size_t begin = at_;
    while (at_ < text_.size() && text_[at_] != '"') at_ += text_[at_] == '\\' ? 2 : 1;
    if (at_ >= text_.size()) return false;
    inside = text_.substr(begin, at_ - begin);
    ++at_;
    return true;
  }

  // To behind the "]" that closes the array in which the reader is.
  bool skip_rest_of_array() {
    std::string_view ignored;
    for (std::size_t depth = 1; at_ < text_.size();) {
      if (text_[at_] == '"') {
        if (!take_string(ignored)) return false;
        continue;
      }
      const char c = text_[at_++];
      if (c == '[') ++depth;
      if (c == ']' && --depth == 0) return true;
    }
    return false;
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

bool has_escape(const CedictEntry& entry) {
  for (const std::string_view field : entry) {
    if (field.find('\\') != std::string_view::npos) return true;
  }
  return false;
}

}  // namespace

bool read_cedict_entries(std::string_view content,
                         const std::function<void(const CedictEntry&)>& visit) {
  EntryReader reader(content);
  if (!reader.skip_to("\"all\":[")) return false;
  do {
    CedictEntry entry;
    if (!reader.take("[") || !reader.take_string(entry[0]) || !reader.take(",") ||
        !reader.take_string(entry[1]) || !reader.take(",") || !reader.take_string(entry[2]) ||
        !reader.skip_rest_of_array()) {
      return false;
    }
    if (!has_escape(entry)) visit(entry);
  } while (reader.take(","));
  return reader.take("]");
}

}  // namespace saywell
