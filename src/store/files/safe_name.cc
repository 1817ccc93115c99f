#include "store/files/safe_name.h"

#include <algorithm>

#include "base/digest.h"

namespace saywell {
namespace {

constexpr std::size_t kMaxNameBytes = 120;
constexpr std::size_t kKeptOfLongName = 48;
constexpr std::size_t kMaxRecordIdBytes = 64;
constexpr std::size_t kMaxExtensionBytes = 8;

bool is_lower_or_digit(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9');
}

bool is_plain(char letter) {
  return is_lower_or_digit(letter) || (letter >= 'A' && letter <= 'Z') || letter == '-' ||
         letter == '_';
}

}  // namespace

std::string safe_file_name(std::string_view text) {
  if (text.empty()) return "%";
  constexpr char kDigits[] = "0123456789ABCDEF";
  std::string name;
  for (const char letter : text) {
    if (is_plain(letter) || (letter == '.' && !name.empty())) {
      name += letter;
    } else {
      const auto byte = static_cast<unsigned char>(letter);
      name += '%';
      name += kDigits[byte >> 4];
      name += kDigits[byte & 15];
    }
  }
  if (name.size() <= kMaxNameBytes) return name;
  // The names above have no '~', so that a long one never equals a short one.
  return name.substr(0, kKeptOfLongName) + '~' + sha256_hex(text);
}

bool is_record_id(std::string_view text) {
  return !text.empty() && text.size() <= kMaxRecordIdBytes &&
         std::all_of(text.begin(), text.end(), is_plain);
}

bool is_extension(std::string_view text) {
  return !text.empty() && text.size() <= kMaxExtensionBytes &&
         std::all_of(text.begin(), text.end(), is_lower_or_digit);
}

}  // namespace saywell
