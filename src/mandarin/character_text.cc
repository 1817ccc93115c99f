#include "mandarin/character_text.h"

#include <algorithm>
#include <utility>

#include "base/status_macros.h"
#include "mandarin/hanzi.h"
#include "mandarin/numbers/written_numbers.h"
#include "text/unicode_text.h"

namespace saywell {
namespace {

constexpr std::size_t kMaxTextBytes = 64 * 1024;
constexpr std::size_t kMaxGiven = 100;  // syllables of one bracket

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }
bool is_latin(char32_t c) { return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z'); }

Status refused(const std::string& character, const std::string& reason) {
  return Status(Code::kBadParameter, "refText", "'" + shortened(character) + "' " + reason);
}

std::string lower_ascii(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  return lower;
}

class CharacterParser {
 public:
  CharacterParser(std::string_view text, std::vector<CodePoint> points)
      : text_(text), points_(std::move(points)) {}

  Status parse() {
    while (at_ < points_.size()) {
      if (value_at(at_) == U'[') {
        ASSIGN_OR_RETURN(const bool is_bracket, take_bracket());
        if (is_bracket) continue;
      }
      if (is_hanzi(value_at(at_))) {
        RETURN_IF_ERROR(take_character());
      } else if (is_stretch_at(at_)) {
        RETURN_IF_ERROR(take_stretch());
      } else {
        take_other();
      }
    }
    if (!has_content_) return refused(std::string(text_), "has no Chinese character to read");
    WrittenCharacter& last = result_.characters.back();
    last.gap_after = last.pause_after = last.sentence_end = true;
    return {};
  }

  CharacterText& result() { return result_; }
  // The first syllable of a mark that nothing is spelled like, and its character.
  const std::string& impossible() const { return impossible_; }

 private:
  char32_t value_at(std::size_t at) const { return at < points_.size() ? points_[at].value : 0; }
  char32_t folded_at(std::size_t at) const { return fold_width(value_at(at)); }
  std::string_view written(std::size_t first, std::size_t end) const {
    return text_.substr(points_[first].begin, points_[end - 1].end - points_[first].begin);
  }

  // Adds the code point to the text that readings are looked up in.
  std::size_t keep(std::size_t at) {
    result_.code_points += value_at(at);
    return result_.code_points.size() - 1;
  }

  Status take_character() {
    WrittenCharacter character;
    character.hanzi = written(at_, at_ + 1);
    character.begin = points_[at_].begin;
    character.end = points_[at_].end;
    character.place = keep(at_);
    has_content_ = true;
    ++at_;
    result_.characters.push_back(std::move(character));
    while (const std::size_t length = mark_length()) {
      RETURN_IF_ERROR(read_mark(length));
      at_ += length;
    }
    return {};
  }

  // Code points of the ASCII parenthesis at at_; 0 when there is none, or no letter in it.
  std::size_t mark_length() const {
    if (value_at(at_) != U'(') return 0;
    std::size_t end = at_ + 1;
    bool has_letter = false;
    for (; end < points_.size() && value_at(end) != U')' && value_at(end) < 0x80; ++end) {
      has_letter = has_letter || is_latin(value_at(end));
    }
    return value_at(end) == U')' && has_letter ? end + 1 - at_ : 0;
  }

  // "zhang3", "er:1" or both with a comma between, on the last character.
  Status read_mark(std::size_t length) {
    WrittenCharacter& character = result_.characters.back();
    std::string inside = lower_ascii(written(at_ + 1, at_ + length - 1));
    inside.erase(std::remove(inside.begin(), inside.end(), ' '), inside.end());
    for (std::size_t from = 0; from <= inside.size();) {
      const std::size_t comma = std::min(inside.find(',', from), inside.size());
      const std::string item = inside.substr(from, comma - from);
      from = comma + 1;
      if (item == "er:0" || item == "er:1") {
        if (character.erhua) return refused(character.hanzi, "has the mark er twice");
        character.erhua = item == "er:1";
        continue;
      }
      if (character.from_mark) return refused(character.hanzi, "has two readings by marks");
      ASSIGN_OR_RETURN(character.given, given_syllable(item, character.hanzi));
      character.from_mark = true;
    }
    return {};
  }

  // A syllable of a mark. One that cannot be is kept for impossible() and answered as any other.
  Result<Syllable> given_syllable(const std::string& item, const std::string& character) {
    if (const auto syllable = parse_syllable(item)) return *syllable;
    const auto digit =
        std::find_if_not(item.begin(), item.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    const bool has_form =
        digit != item.begin() && digit + 1 == item.end() && *digit >= '0' && *digit <= '4';
    if (!has_form) {
      return refused(character + "(" + item + ")",
                     "is no mark: write 长(zhang3), tone 0 to 4 and v for ü, or 花(er:1)");
    }
    if (impossible_.empty()) impossible_ = item;
    return Syllable{};
  }

  // "[110](yao1 yao1 ling2)"; false, with nothing read, for other brackets.
  Result<bool> take_bracket() {
    std::size_t close = at_ + 1;
    while (close < points_.size() && value_at(close) != U']' && value_at(close) != U'[') ++close;
    if (value_at(close) != U']' || value_at(close + 1) != U'(') return false;
    const std::size_t first = at_ + 1;
    const std::size_t open = std::exchange(at_, close + 1);
    const std::size_t length = mark_length();
    if (length == 0 || close == first) {
      at_ = open;
      return refused(std::string(written(open, close + 1)),
                     "has no reading: write [110](yao1 yao1 ling2)");
    }
    RETURN_IF_ERROR(add_bracket(first, close, length));
    at_ += length;
    return true;
  }

  // The text between brackets, [first, close), with the mark of `length` at at_: a character per
  // syllable, where there are as many.
  Status add_bracket(std::size_t first, std::size_t close, std::size_t length) {
    const std::string whole(written(first, close));
    std::vector<Syllable> syllables;
    std::string rest = lower_ascii(written(at_ + 1, at_ + length - 1));
    for (std::size_t from = rest.find_first_not_of(' '); from < rest.size();
         from = rest.find_first_not_of(' ', from)) {
      const std::size_t end = std::min(rest.find(' ', from), rest.size());
      ASSIGN_OR_RETURN(const Syllable syllable,
                       given_syllable(rest.substr(from, end - from), whole));
      syllables.push_back(syllable);
      from = end;
    }
    if (syllables.empty() || syllables.size() > kMaxGiven) {
      return refused(whole, "needs 1 to 100 syllables between the parentheses");
    }
    for (std::size_t i = 0; i < syllables.size(); ++i) {
      const bool one_each = syllables.size() == close - first;
      WrittenCharacter character;
      character.hanzi = one_each ? std::string(written(first + i, first + i + 1)) : whole;
      character.begin = points_[one_each ? first + i : first].begin;
      character.end = points_[one_each ? first + i : close - 1].end;
      character.given = syllables[i];
      character.from_mark = true;
      result_.characters.push_back(std::move(character));
    }
    for (std::size_t i = first; i < close; ++i) keep(i);
    result_.characters.back().gap_after = true;
    has_content_ = true;
    return {};
  }

  // A character of a stretch by itself, or a separator between two digits, or a sign.
  bool is_stretch_at(std::size_t at) const {
    if (is_stretch_character(value_at(at))) return true;
    const char32_t folded = folded_at(at);
    constexpr std::u32string_view kSeparators = U".,:/-~";
    if (at >= points_.size() || kSeparators.find(folded) == std::u32string_view::npos) return false;
    const bool before_digit = is_digit(folded_at(at + 1));
    const char32_t previous = at > 0 ? folded_at(at - 1) : 0;
    if (is_digit(previous) || previous == U'%') return before_digit;
    if (folded == U'/') return is_latin(previous) && is_latin(folded_at(at + 1));
    return folded == U'-' && before_digit && !is_latin(previous) && previous != U'-';
  }

  Status take_stretch() {
    const std::size_t first = at_;
    std::u32string stretch;
    for (; at_ < points_.size() && is_stretch_at(at_); ++at_) {
      stretch += folded_at(at_);
      keep(at_);
      has_content_ = has_content_ || is_digit(folded_at(at_));
    }
    RETURN_IF_ERROR(check_no_pinyin(stretch));
    const StretchContext context{first > 0 ? value_at(first - 1) : 0, value_at(at_),
                                 value_at(at_ + 1)};
    for (SpokenPiece& piece : read_stretch(stretch, context)) {
      const std::size_t end = std::max(piece.end, piece.begin + 1);
      WrittenCharacter character;
      character.hanzi = std::move(piece.hanzi);
      character.begin = points_[std::min(first + piece.begin, at_ - 1)].begin;
      character.end = points_[std::min(first + end, at_) - 1].end;
      character.given = piece.reading;
      character.digit = piece.digit;
      character.pause_after = character.gap_after = piece.pause_after;
      result_.characters.push_back(std::move(character));
    }
    return {};
  }

  // Small letters and a tone that make a syllable: pinyin that belongs to the .score kinds. "b2"
  // and "a4" alone are no evidence of it.
  static Status check_no_pinyin(const std::u32string& stretch) {
    for (std::size_t at = 0; at < stretch.size();) {
      std::size_t end = at;
      std::string letters;
      while (end < stretch.size() && stretch[end] >= U'a' && stretch[end] <= U'z') {
        letters += static_cast<char>(stretch[end++]);
      }
      const bool has_tone = end < stretch.size() && stretch[end] >= U'0' && stretch[end] <= U'4' &&
                            (end + 1 == stretch.size() || !is_digit(stretch[end + 1]));
      if (letters.size() > 1 && has_tone && find_syllable(letters)) {
        return refused(letters + static_cast<char>(stretch[end]),
                       "is pinyin among characters: the .score kinds take pinyin, and a mark gives "
                       "a character its reading, 长(zhang3)");
      }
      at = std::max(end, at + 1);
    }
    return {};
  }

  // Letters of other scripts, emoji. Dashes that Unicode counts among the symbols are punctuation
  // in Chinese texts.
  static bool is_foreign(const CodePoint& point) {
    constexpr std::u32string_view kDashes = U"～〜─━⋯ー";
    if (kDashes.find(point.value) != std::u32string_view::npos) return false;
    return point.kind == CharKind::kLetter || point.kind == CharKind::kUnreadable ||
           point.kind == CharKind::kDigit;
  }

  // Blanks, punctuation, and what cannot be read.
  void take_other() {
    const CodePoint& point = points_[at_];
    keep(at_++);
    if (point.kind == CharKind::kIgnorable || point.kind == CharKind::kMark) return;
    if (is_foreign(point)) {
      WrittenCharacter character;
      character.hanzi = written(at_ - 1, at_);
      character.begin = point.begin;
      character.end = point.end;
      character.unreadable = true;
      result_.characters.push_back(std::move(character));
      has_content_ = true;
      return;
    }
    if (result_.characters.empty()) return;
    WrittenCharacter& last = result_.characters.back();
    last.gap_after = true;
    constexpr std::u32string_view kSilent = U"·•・《》〈〉「」『』“”‘’\"'()[]（）【】<>*_^`|";
    if (point.kind == CharKind::kSpace || kSilent.find(point.value) != std::u32string_view::npos) {
      return;
    }
    last.pause_after = true;
    constexpr std::u32string_view kSentenceEnds = U".!?。！？…．";
    if (kSentenceEnds.find(point.value) != std::u32string_view::npos) last.sentence_end = true;
  }

  std::string_view text_;
  std::vector<CodePoint> points_;
  std::size_t at_ = 0;
  CharacterText result_;
  std::string impossible_;
  bool has_content_ = false;  // anything but letters, blanks and punctuation
};

}  // namespace

Result<CharacterText> parse_character_text(std::string_view ref_text, std::size_t max_syllables) {
  if (ref_text.size() > kMaxTextBytes) {
    return Status(Code::kBadParameter, "refText", "is longer than 64 KB");
  }
  ASSIGN_OR_RETURN(std::vector<CodePoint> points, decode_text(ref_text));
  CharacterParser parser(ref_text, std::move(points));
  RETURN_IF_ERROR(parser.parse());
  if (parser.result().characters.size() > max_syllables) {
    return Status(Code::kBadParameter, "refText",
                  "has " + std::to_string(parser.result().characters.size()) +
                      " syllables, at most " + std::to_string(max_syllables) + " are taken");
  }
  if (!parser.impossible().empty()) {
    return Status(Code::kUnsupportedWord, "refText",
                  "'" + shortened(parser.impossible()) + "' is no syllable of Mandarin");
  }
  return std::move(parser.result());
}

}  // namespace saywell
