#include "mandarin/reading_dictionary.h"

#include <algorithm>
#include <cstring>
#include <optional>

#include "base/model_file.h"
#include "base/status_macros.h"
#include "mandarin/files/cedict_entries.h"
#include "mandarin/files/character_table.h"
#include "mandarin/hanzi.h"

namespace saywell {
namespace {

constexpr std::size_t kSlots = std::size_t{1} << 19;  // 190,000 words: less than half full
constexpr std::size_t kMostRecords = kSlots / 4 * 3;
constexpr std::size_t kLinkBytes = 4;
constexpr std::size_t kHeadBytes = kLinkBytes + 2;
constexpr std::size_t kLongestFileWord = 60;  // characters

std::size_t hash(std::string_view word) {  // FNV-1a
  std::uint32_t value = 2166136261u;
  for (const char c : word) value = (value ^ static_cast<unsigned char>(c)) * 16777619u;
  return (value ^ (value >> 19)) & (kSlots - 1);
}

// "Lu:3" of the file as "lv3"; neutral is 5 there. nullopt for Latin letters and unknown readings.
std::optional<PackedSyllable> packed(std::string_view written) {
  if (written == "r5") return PackedSyllable::erhua();
  std::string plain;
  for (const char c : written) {
    if (c == ':' && !plain.empty() && plain.back() == 'u') {
      plain.back() = 'v';
    } else {
      plain += c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    }
  }
  if (!plain.empty() && plain.back() == '5') plain.back() = '0';
  const auto syllable = parse_syllable(plain);
  if (!syllable || syllable->erhua) return std::nullopt;
  return PackedSyllable(*syllable);
}

std::optional<Reading> packed_reading(std::string_view pinyin) {
  Reading reading;
  while (!pinyin.empty()) {
    const std::string_view one = pinyin.substr(0, pinyin.find(' '));
    pinyin.remove_prefix(std::min(pinyin.size(), one.size() + 1));
    const auto syllable = packed(one);
    if (!syllable) return std::nullopt;
    reading.push_back(*syllable);
  }
  return reading;
}

Status damaged(const std::string& name, const std::string& reason) {
  return Status(Code::kKernelUnavailable, name + " " + reason);
}

}  // namespace

ReadingDictionary::ReadingDictionary() : records_(1, '\0'), slots_(kSlots, kNone) {}

Result<ReadingDictionary> ReadingDictionary::load(const std::string& model_dir) {
  ASSIGN_OR_RETURN(const std::string cedict, read_model_file(model_dir + "/cedict.js"));
  ASSIGN_OR_RETURN(const std::string characters,
                   read_model_file(model_dir + "/hanzi_readings.mjs"));
  return parse(cedict, characters,
               "model files cedict.js, hanzi_readings.mjs of '" + model_dir + "':");
}

Result<ReadingDictionary> ReadingDictionary::parse(std::string_view cedict,
                                                   std::string_view characters,
                                                   const std::string& name) {
  ReadingDictionary dictionary;
  std::size_t entries = 0;
  const bool well_formed = read_cedict_entries(cedict, [&](const CedictEntry& entry) {
    if (++entries < kMostRecords / 2) dictionary.add_entry(entry);
  });
  if (!well_formed) return damaged(name, "the first is not the entries of CC-CEDICT");
  if (entries >= kMostRecords / 2) return damaged(name, "the first has too many entries");
  dictionary.sort_character_readings();
  if (!dictionary.add_rare_characters(characters)) {
    return damaged(name, "the second is not pinyin-pro's table of characters");
  }
  dictionary.records_.shrink_to_fit();
  return dictionary;
}

// Characters that CC-CEDICT has keep its readings.
bool ReadingDictionary::add_rare_characters(std::string_view content) {
  constexpr std::size_t kMostRare = 60'000;
  std::size_t added = 0;
  return read_character_table(
             content,
             [&](std::string_view character, const std::vector<Syllable>& readings) {
               const bool is_one = count_characters(character) == 1 && character.size() <= 4;
               if (!is_one || contains(character) || ++added > kMostRare) return;
               for (const Syllable& syllable : readings) add(character, {PackedSyllable(syllable)});
             }) &&
         added <= kMostRare;
}

void ReadingDictionary::add_entry(const CedictEntry& entry) {
  const auto& [traditional, simple, pinyin] = entry;
  const std::optional<Reading> reading = packed_reading(pinyin);
  const std::size_t length = count_characters(simple);
  if (!reading || reading->size() != length || length > kLongestFileWord || length == 0) return;
  if (reading->front().is_erhua() && length > 1) return;
  add(simple, *reading);
  // A character that simplified words have stays as it is, whatever it may be simplified to: 乾,
  // 么.
  for (std::size_t at = 0; at < simple.size(); at += character_bytes(simple, at)) {
    const char32_t value = decode_character(simple.substr(at));
    simplified_[value] = value;
  }
  if (traditional == simple) return;
  if (count_characters(traditional) != length) return;
  add(traditional, *reading);
  if (length == 1) simplified_.emplace(decode_character(traditional), decode_character(simple));
}

void ReadingDictionary::add(std::string_view word, const Reading& reading) {
  std::size_t slot = hash(word);
  while (slots_[slot] != kNone && word_at(slots_[slot]) != word) slot = (slot + 1) & (kSlots - 1);
  std::uint32_t last = kNone;
  for (std::uint32_t at = slots_[slot]; at != kNone; at = next_at(at)) {
    if (reading_at(at) == reading) return;
    last = at;
  }
  const auto record = static_cast<std::uint32_t>(records_.size());
  records_.append(kLinkBytes, '\0');
  records_.push_back(static_cast<char>(word.size()));
  records_.push_back(static_cast<char>(reading.size()));
  records_.append(word);
  records_.append(reading.size() * sizeof(std::uint16_t), '\0');
  set_reading(record, reading);
  if (last == kNone) {
    slots_[slot] = record;
  } else {
    set_next(last, record);
  }
}

std::uint32_t ReadingDictionary::first_record(std::string_view word) const {
  std::size_t slot = hash(word);
  while (slots_[slot] != kNone && word_at(slots_[slot]) != word) slot = (slot + 1) & (kSlots - 1);
  return slots_[slot];
}

std::uint32_t ReadingDictionary::next_at(std::uint32_t record) const {
  std::uint32_t next = kNone;
  std::memcpy(&next, records_.data() + record, kLinkBytes);
  return next;
}

void ReadingDictionary::set_next(std::uint32_t record, std::uint32_t next) {
  std::memcpy(records_.data() + record, &next, kLinkBytes);
}

std::string_view ReadingDictionary::word_at(std::uint32_t record) const {
  const auto bytes = static_cast<unsigned char>(records_[record + kLinkBytes]);
  return std::string_view(records_).substr(record + kHeadBytes, bytes);
}

Reading ReadingDictionary::reading_at(std::uint32_t record) const {
  Reading reading(static_cast<unsigned char>(records_[record + kLinkBytes + 1]));
  const std::string_view word = word_at(record);
  std::memcpy(reading.data(), word.data() + word.size(), reading.size() * sizeof(PackedSyllable));
  return reading;
}

void ReadingDictionary::set_reading(std::uint32_t record, const Reading& reading) {
  const std::size_t at = record + kHeadBytes + word_at(record).size();
  std::memcpy(records_.data() + at, reading.data(), reading.size() * sizeof(PackedSyllable));
}

std::uint32_t ReadingDictionary::end_of(std::uint32_t record) const {
  const auto syllables = static_cast<unsigned char>(records_[record + kLinkBytes + 1]);
  return record + static_cast<std::uint32_t>(kHeadBytes + word_at(record).size() +
                                             syllables * sizeof(std::uint16_t));
}

std::vector<Reading> ReadingDictionary::find(std::string_view word) const {
  std::vector<Reading> readings;
  for (std::uint32_t at = first_record(word); at != kNone; at = next_at(at)) {
    readings.push_back(reading_at(at));
  }
  return readings;
}

char32_t ReadingDictionary::simplified(char32_t character) const {
  const auto found = simplified_.find(character);
  return found == simplified_.end() ? character : found->second;
}

// The file lists a character's readings by the alphabet; how many words have each says which is the
// usual one.
void ReadingDictionary::sort_character_readings() {
  std::unordered_map<std::string_view, std::unordered_map<std::uint16_t, int>> counts;
  for_each([&](std::string_view word, const Reading& reading) {
    if (reading.size() == 1 && next_at(first_record(word)) != kNone) counts[word];
  });
  for_each([&](std::string_view word, const Reading& reading) {
    if (reading.size() == 1) return;
    for (std::size_t i = 0, at = 0; i < reading.size(); ++i) {
      const std::size_t bytes = character_bytes(word, at);
      const auto found = counts.find(word.substr(at, bytes));
      if (found != counts.end()) ++found->second[reading[i].value()];
      at += bytes;
    }
  });
  for (auto& [character, count_of] : counts) {
    std::vector<Reading> readings = find(character);
    const auto rank = [&count_of = count_of](const Reading& reading) {
      const bool is_full = !reading[0].is_erhua() && reading[0].syllable().tone != kNeutralTone;
      const auto found = count_of.find(reading[0].value());
      return std::pair(is_full, found == count_of.end() ? 0 : found->second);
    };
    std::stable_sort(readings.begin(), readings.end(),
                     [&](const Reading& a, const Reading& b) { return rank(a) > rank(b); });
    std::uint32_t at = first_record(character);
    for (const Reading& reading : readings) {
      set_reading(at, reading);
      at = next_at(at);
    }
  }
}

}  // namespace saywell
