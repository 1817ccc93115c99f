// The CMU pronouncing dictionary in compact form: word -> all its pronunciations.
//
// It reads the unchanged file of the npm package cmu-pronouncing-dictionary, a JavaScript module
// with one entry per line: `"live(2)": "L AY1 V",`, sometimes with a comment after `#`.
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
  // Reads `path`. Code 40051 names the file, and the line if there is one, when the file is
  // missing, cut short, or not this dictionary (fewer than 100,000 entries, unknown phones).
  static Result<Lexicon> load(const std::string& path);

  // The same from the file's content. Messages contain `name`.
  static Result<Lexicon> parse(std::string_view content, const std::string& name);

  // All pronunciations of `word` (lower case, ASCII), in the dictionary's order and without
  // doubles; empty when it has none. Thread-safe. Words of one syllable whose variants differ only
  // in the stress digit have one of these.
  std::vector<Pronunciation> find(std::string_view word) const;

  bool contains(std::string_view word) const;

  // Number of entries of the file (a word with three pronunciations is three).
  std::size_t entry_count() const { return entry_count_; }

 private:
  Lexicon() = default;
  bool add_line(std::string_view line);  // false when it is malformed
  bool add_entry(std::string_view key, std::string_view phones);
  void insert_record(std::uint32_t record);
  std::uint32_t find_record(std::string_view word) const;  // kNoRecord: none

  // One record per word: size of the word, the word, then each pronunciation as its number of
  // phones and one byte per phone (id * 3 + stress); a zero ends the record.
  std::string records_;
  std::vector<std::uint32_t> slots_;  // open addressing: offset into records_, or kNoRecord
  std::string last_word_;
  std::size_t word_count_ = 0;
  std::size_t entry_count_ = 0;
};

}  // namespace saywell
