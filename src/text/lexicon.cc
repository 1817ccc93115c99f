#include "text/lexicon.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/model_file.h"
#include "base/status_macros.h"

namespace saywell {
namespace {

constexpr std::uint32_t kNoRecord = 0xFFFFFFFF;
constexpr std::size_t kSlots = std::size_t{1} << 18;  // 126,000 words: less than half full
constexpr std::size_t kFewestEntries = 100'000;
constexpr std::size_t kMostWords = kSlots / 4 * 3;
constexpr std::size_t kLongestWord = 100;
constexpr std::size_t kMostPhones = 100;
constexpr int kStressLevels = 3;

std::size_t hash(std::string_view word) {  // FNV-1a
  std::uint32_t value = 2166136261u;
  for (const char c : word) value = (value ^ static_cast<unsigned char>(c)) * 16777619u;
  return value & (kSlots - 1);
}

// Phone ids by their one or two letters; loading looks up 850,000.
class PhoneTable {
 public:
  PhoneTable() {
    ids_.fill(kNone);
    for (PhoneId phone = 0; phone < kPhoneCount; ++phone) ids_[index(phone_name(phone))] = phone;
  }

  std::optional<PhoneId> find(std::string_view name) const {
    const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
    if (name.empty() || name.size() > 2 || !std::all_of(name.begin(), name.end(), is_capital)) {
      return std::nullopt;
    }
    const PhoneId id = ids_[index(name)];
    return id == kNone ? std::nullopt : std::optional(id);
  }

 private:
  static constexpr PhoneId kNone = 0xFF;
  static std::size_t index(std::string_view name) {
    const auto first = static_cast<std::size_t>(name[0] - 'A');
    return first * 27 + (name.size() > 1 ? static_cast<std::size_t>(name[1] - 'A' + 1) : 0);
  }
  std::array<PhoneId, 26 * 27> ids_{};
};

// "AY1" as id * 3 + stress.
std::optional<char> packed_phone(std::string_view text) {
  static const PhoneTable table;
  int stress = 0;
  const bool has_digit = !text.empty() && text.back() >= '0' && text.back() <= '2';
  if (has_digit) {
    stress = text.back() - '0';
    text.remove_suffix(1);
  }
  const auto phone = table.find(text);
  if (!phone || has_digit != is_vowel(*phone)) return std::nullopt;
  return static_cast<char>(*phone * kStressLevels + stress);
}

// Appends the number of phones and the packed phones; false when there are none, too many, or an
// unknown one.
bool append_packed(std::string_view text, std::string& out) {
  const std::size_t count_at = out.size();
  out.push_back('\0');
  while (!text.empty()) {
    const std::size_t size = std::min(text.find(' '), text.size());
    if (size > 0) {
      const auto phone = packed_phone(text.substr(0, size));
      if (!phone) return false;
      out.push_back(*phone);
    }
    text.remove_prefix(std::min(size + 1, text.size()));
  }
  const std::size_t count = out.size() - count_at - 1;
  if (count == 0 || count > kMostPhones) return false;
  out[count_at] = static_cast<char>(count);
  return true;
}

// Removes the quoted text from the start of `line` and returns it without quotes.
std::optional<std::string_view> take_quoted(std::string_view& line) {
  if (!line.starts_with('"')) return std::nullopt;
  const std::size_t end = line.find('"', 1);
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view inner = line.substr(1, end - 1);
  line.remove_prefix(end + 1);
  return inner;
}

std::string_view without_variant_number(std::string_view key) {
  const std::size_t open = key.rfind('(');
  return open != std::string_view::npos && open > 0 && key.ends_with(')') ? key.substr(0, open)
                                                                          : key;
}

Pronunciation unpacked(std::string_view packed) {
  Pronunciation result;
  for (const char byte : packed) {
    result.phones.push_back(static_cast<PhoneId>(byte / kStressLevels));
    result.stress.push_back(static_cast<std::uint8_t>(byte % kStressLevels));
  }
  return result;
}

// Equal, or different only in the stress of the only vowel, which nobody hears.
bool same_to_the_ear(const Pronunciation& a, const Pronunciation& b) {
  if (a.phones != b.phones) return false;
  return a.stress == b.stress || std::count_if(a.phones.begin(), a.phones.end(), is_vowel) == 1;
}

std::string_view word_of(const std::string& records, std::uint32_t record) {
  return std::string_view(records).substr(record + 1, static_cast<unsigned char>(records[record]));
}

Status damaged(const std::string& name, const std::string& what) {
  return Status(Code::kKernelUnavailable, "dictionary '" + name + "' " + what);
}

}  // namespace

Result<Lexicon> Lexicon::load(const std::string& path) {
  ASSIGN_OR_RETURN(const std::string content, read_model_file(path));
  return parse(content, path);
}

Result<Lexicon> Lexicon::parse(std::string_view content, const std::string& name) {
  Lexicon lexicon;
  lexicon.slots_.assign(kSlots, kNoRecord);
  lexicon.records_.reserve(content.size() / 2);
  bool closed = false;
  for (std::size_t line_number = 1; !content.empty() && !closed; ++line_number) {
    const std::size_t end = std::min(content.find('\n'), content.size());
    const std::string_view line = content.substr(0, end);
    content.remove_prefix(std::min(end + 1, content.size()));
    closed = line.starts_with('}');
    const bool is_entry = line.starts_with("  \"");
    const bool is_head = !is_entry && lexicon.entry_count_ == 0;
    if (closed || is_head) continue;
    if (!is_entry || !lexicon.add_line(line.substr(2))) {
      return damaged(name, "has no entry in line " + std::to_string(line_number));
    }
  }
  if (!closed) return damaged(name, "is cut short");
  if (lexicon.entry_count_ < kFewestEntries) {
    return damaged(name, "has only " + std::to_string(lexicon.entry_count_) + " entries");
  }
  lexicon.records_.push_back('\0');
  lexicon.records_.shrink_to_fit();
  return lexicon;
}

bool Lexicon::add_line(std::string_view line) {
  const auto key = take_quoted(line);
  if (!key || !line.starts_with(": ")) return false;
  line.remove_prefix(2);
  const auto value = take_quoted(line);
  if (!value || !(line.empty() || line == "," || line == "\r" || line == ",\r")) return false;
  return add_entry(without_variant_number(*key), value->substr(0, value->find('#')));
}

bool Lexicon::add_entry(std::string_view key, std::string_view phones) {
  if (key.empty() || key.size() > kLongestWord || word_count_ >= kMostWords) return false;
  if (key != last_word_) {
    if (!records_.empty()) records_.push_back('\0');
    const auto record = static_cast<std::uint32_t>(records_.size());
    records_.push_back(static_cast<char>(key.size()));
    records_ += key;
    last_word_ = key;
    insert_record(record);
  }
  ++entry_count_;
  return append_packed(phones, records_);
}

void Lexicon::insert_record(std::uint32_t record) {
  std::size_t slot = hash(word_of(records_, record));
  while (slots_[slot] != kNoRecord) slot = (slot + 1) & (kSlots - 1);
  slots_[slot] = record;
  ++word_count_;
}

std::uint32_t Lexicon::find_record(std::string_view word) const {
  for (std::size_t slot = hash(word); slots_[slot] != kNoRecord; slot = (slot + 1) & (kSlots - 1)) {
    if (word_of(records_, slots_[slot]) == word) return slots_[slot];
  }
  return kNoRecord;
}

bool Lexicon::contains(std::string_view word) const { return find_record(word) != kNoRecord; }

std::vector<Pronunciation> Lexicon::find(std::string_view word) const {
  std::vector<Pronunciation> variants;
  const std::uint32_t record = find_record(word);
  if (record == kNoRecord) return variants;
  std::string_view rest = std::string_view(records_).substr(record + 1 + word.size());
  while (rest.front() != '\0') {
    const auto size = static_cast<std::size_t>(rest.front());
    Pronunciation variant = unpacked(rest.substr(1, size));
    const auto same = [&](const Pronunciation& other) { return same_to_the_ear(other, variant); };
    if (std::none_of(variants.begin(), variants.end(), same))
      variants.push_back(std::move(variant));
    rest.remove_prefix(1 + size);
  }
  return variants;
}

}  // namespace saywell
