#include "text/unicode_text.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>

namespace saywell {
namespace {

constexpr std::u32string_view kSpokenSymbols = U"&+=%@#$€£¥¢°×÷";
constexpr std::u32string_view kFoldedSymbols = U"€£¥¢°×÷";

// Characters that Unicode does not decompose, or decomposes into unreadable text ("™" -> "TM").
struct Folding {
  char32_t from;
  std::string_view to;
};
constexpr std::array<Folding, 46> kFoldings = {{
    {U'‘', "'"},        {U'’', "'"},      {U'‚', "'"},  {U'‛', "'"},  {U'′', "'"},  {U'ʼ', "'"},
    {U'＇', "'"},       {U'“', "\""},     {U'”', "\""}, {U'„', "\""}, {U'‟', "\""}, {U'″', "\""},
    {U'«', "\""},       {U'»', "\""},     {U'‐', "-"},  {U'‑', "-"},  {U'‒', "-"},  {U'–', "-"},
    {U'−', "-"},        {U'ß', "ss"},     {U'æ', "ae"}, {U'Æ', "AE"}, {U'œ', "oe"}, {U'Œ', "OE"},
    {U'ø', "o"},        {U'Ø', "O"},      {U'ð', "d"},  {U'Ð', "D"},  {U'þ', "th"}, {U'Þ', "TH"},
    {U'ł', "l"},        {U'Ł', "L"},      {U'đ', "d"},  {U'Đ', "D"},  {U'ı', "i"},  {U'ħ', "h"},
    {U'Ħ', "H"},        {U'™', ""},       {U'®', ""},   {U'©', ""},   {U'ª', "a"},  {U'º', "o"},
    {U'²', " squared"}, {U'³', " cubed"}, {U'´', "'"},  {U'⁄', "/"},
}};

utf8proc_ssize_t decode_one(std::string_view text, utf8proc_int32_t* value) {
  return utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                          static_cast<utf8proc_ssize_t>(text.size()), value);
}

CharKind kind_of_symbol(char32_t value) {
  if (kSpokenSymbols.find(value) != std::u32string_view::npos) return CharKind::kSpoken;
  if (value < 0x80 || value == U'™' || value == U'®' || value == U'©' || value == U'−') {
    return CharKind::kPunctuation;
  }
  return CharKind::kUnreadable;
}

CharKind kind_of(char32_t value) {
  const auto code = static_cast<utf8proc_int32_t>(value);
  if (kSpokenSymbols.find(value) != std::u32string_view::npos) return CharKind::kSpoken;
  switch (utf8proc_category(code)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
      return CharKind::kLetter;
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
      return CharKind::kDigit;
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
      return CharKind::kMark;
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
    case UTF8PROC_CATEGORY_CC:
      return CharKind::kSpace;
    case UTF8PROC_CATEGORY_CF:
      return CharKind::kIgnorable;
    case UTF8PROC_CATEGORY_PC:
    case UTF8PROC_CATEGORY_PD:
    case UTF8PROC_CATEGORY_PS:
    case UTF8PROC_CATEGORY_PE:
    case UTF8PROC_CATEGORY_PI:
    case UTF8PROC_CATEGORY_PF:
    case UTF8PROC_CATEGORY_PO:
      return CharKind::kPunctuation;
    default:
      return kind_of_symbol(value);
  }
}

bool is_refused_control(char32_t value) {
  const bool is_white = (value >= 0x09 && value <= 0x0D) || value == 0x85;
  return !is_white &&
         utf8proc_category(static_cast<utf8proc_int32_t>(value)) == UTF8PROC_CATEGORY_CC;
}

std::string hex_name(char32_t value) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string name = "U+";
  for (int shift = 12; shift >= 0; shift -= 4) name += kDigits[(value >> shift) & 0xF];
  return name;
}

void append_utf8(char32_t value, std::string& out) {
  std::array<utf8proc_uint8_t, 4> bytes{};
  const auto size = utf8proc_encode_char(static_cast<utf8proc_int32_t>(value), bytes.data());
  out.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(size));
}

bool append_from_table(char32_t value, std::string& out) {
  const auto* found =
      std::find_if(kFoldings.begin(), kFoldings.end(),
                   [value](const Folding& folding) { return folding.from == value; });
  if (found == kFoldings.end()) return false;
  out += found->to;
  return true;
}

// Appends the compatibility decomposition without its combining marks.
void append_decomposed(char32_t value, std::string& out) {
  std::array<utf8proc_int32_t, 24> parts{};
  int boundary_class = 0;
  const auto count = utf8proc_decompose_char(
      static_cast<utf8proc_int32_t>(value), parts.data(),
      static_cast<utf8proc_ssize_t>(parts.size()),
      static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT), &boundary_class);
  if (count < 0 || count > static_cast<utf8proc_ssize_t>(parts.size()))
    return append_utf8(value, out);
  const auto end = parts.begin() + count;
  const bool is_fraction = count > 1 && std::find(parts.begin(), end, 0x2044) != end;
  if (is_fraction && !out.empty() && out.back() >= '0' && out.back() <= '9') out += ' ';
  for (auto part = parts.begin(); part != end; ++part) {
    const auto decoded = static_cast<char32_t>(*part);
    if (kind_of(decoded) == CharKind::kMark) continue;
    if (!append_from_table(decoded, out)) append_utf8(decoded, out);
  }
}

}  // namespace

Result<std::vector<CodePoint>> decode_text(std::string_view text) {
  std::vector<CodePoint> points;
  points.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    utf8proc_int32_t value = 0;
    const auto size = decode_one(text.substr(at), &value);
    if (size <= 0) {
      return Status(Code::kBadParameter, "refText", "invalid UTF-8 at byte " + std::to_string(at));
    }
    const auto code = static_cast<char32_t>(value);
    if (is_refused_control(code)) {
      return Status(Code::kBadParameter, "refText",
                    "control character " + hex_name(code) + " at byte " + std::to_string(at));
    }
    const std::size_t end = at + static_cast<std::size_t>(size);
    points.push_back({code, kind_of(code), at, end});
    at = end;
  }
  return points;
}

std::string fold_to_ascii(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    utf8proc_int32_t value = 0;
    const auto size = decode_one(text, &value);
    if (size <= 0) break;
    text.remove_prefix(static_cast<std::size_t>(size));
    const auto code = static_cast<char32_t>(value);
    const CharKind kind = kind_of(code);
    if (kind == CharKind::kIgnorable || kind == CharKind::kMark) continue;
    if (kFoldedSymbols.find(code) != std::u32string_view::npos) {
      append_utf8(code, out);
    } else if (!append_from_table(code, out)) {
      append_decomposed(code, out);
    }
  }
  return out;
}

bool is_readable(std::string_view folded) {
  while (!folded.empty()) {
    utf8proc_int32_t value = 0;
    const auto size = decode_one(folded, &value);
    if (size <= 0) return false;
    folded.remove_prefix(static_cast<std::size_t>(size));
    const auto code = static_cast<char32_t>(value);
    if (code >= 0x80 && kFoldedSymbols.find(code) == std::u32string_view::npos) return false;
  }
  return true;
}

std::string shortened(std::string_view text, std::size_t max_bytes) {
  if (text.size() <= max_bytes) return std::string(text);
  std::size_t end = max_bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return std::string(text.substr(0, end)) + "…";
}

}  // namespace saywell
