// Reference texts of Chinese characters, taken apart: characters with their marks, numbers and
// letters as they are read.
//
//   长(zhang3)          the reading of the character; in any context
//   [110](yao1 yao1 ling2)   the reading of what is between the brackets
//   花(er:1)            with erhua, hua1 + r; on 儿 it joins the character before (花儿(er:1));
//   er:0
//                       makes 儿 a syllable of its own
//
// A parenthesis of ASCII with a letter in it, directly behind a character or bracket, is a mark;
// others, full-width ones too, are punctuation.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mandarin/syllable.h"
#include "saywell/status.h"

namespace saywell {

// One syllable of the text, but for 儿, which may join the one before it.
struct WrittenCharacter {
  std::string hanzi;      // as it is read: "百" for a digit, a letter for its syllables
  std::size_t begin = 0;  // bytes [begin, end) of the text
  std::size_t end = 0;
  std::optional<std::size_t> place;  // index in CharacterText::code_points; none for what is read
                                     // otherwise than it is written
  std::optional<Syllable> given;     // by a mark, or of a letter
  bool from_mark = false;            // `given` is, and keeps its tone
  std::optional<bool> erhua;         // by a mark
  bool digit = false;                // read out one by one
  bool unreadable = false;           // of another script, an emoji
  bool gap_after = false;            // a blank, or anything else that no word goes across
  bool pause_after = false;          // punctuation
  bool sentence_end = false;
};

struct CharacterText {
  std::vector<WrittenCharacter> characters;  // at least one
  std::u32string code_points;                // of the whole text without the marks
};

// Codes, field refText: 40031 for text that is too long, has no Chinese character or pinyin among
// the characters, for control characters, malformed marks (naming the character), and more
// than `max_syllables`; 20301, behind all of these, for a mark with a spelling that no syllable
// has. Pure.
Result<CharacterText> parse_character_text(std::string_view ref_text, std::size_t max_syllables);

}  // namespace saywell
