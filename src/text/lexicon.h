// The CMU pronouncing dictionary, held compactly: word -> all its pronunciations.
//
// It is read from the file of the npm package cmu-pronouncing-dictionary as it is, a JavaScript
// module with one entry a line: `"live(2)": "L AY1 V",`, sometimes with a comment after `#`.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "saywell/status.h"
#include "text/pronunciation.h"

namespace saywell {

class Lexicon {
 public:
  // Reads `path`. Code 40051 with the file's name, and the line where there is one, when it is
  // missing, cut short, or not this dictionary (fewer than 100,000 entries, unknown phones).
  static Result<Lexicon> load(const std::string& path);

  // The same from the file's content. `name` stands in the messages.
  static Result<Lexicon> parse(std::string_view content, const std::string& name);

  // All pronunciations of `word` (lower case, ASCII), in the dictionary's order and without
  // doubles; empty when it has none. Thread-safe. Words of one syllable whose variants differ in
  // the stress digit alone have one of them.
  std::vector<Pronunciation> find(std::string_view word) const;

  bool contains(std::string_view word) const;

  // Number of entries of the file (a word with three pronunciations is three).
  std::size_t entry_count() const { return entry_count_; }

 private:
  Lexicon() = default;
  bool add_line(std::string_view line);  // false when it is malformed
  bool add_entry(std::string_view key, std::string_view phones);
  void insert_record(std::uint32_t record);
  std::uint32_t find_record(std::string_view word) const;  // kNoRecord when there is none

  // One record a word: size of the word, the word, then a pronunciation after the other as its
  // number of phones and a byte a phone (id * 3 + stress); a zero closes the record.
  std::string records_;
  std::vector<std::uint32_t> slots_;  // open addressing: offset into records_, or kNoRecord
  std::string last_word_;
  std::size_t word_count_ = 0;
  std::size_t entry_count_ = 0;
};

}  // namespace saywell
