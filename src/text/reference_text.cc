#include "text/reference_text.h"

#include <algorithm>
#include <array>

#include "base/status_macros.h"
#include "text/abbreviations.h"
#include "text/unicode_text.h"

namespace saywell {
namespace {

// Words whose leading apostrophe replaces a letter; before others it is a quotation mark.
constexpr auto kElisions = std::to_array<std::string_view>(
    {"em", "tis", "twas", "til", "cause", "bout", "n", "round", "kay"});

// Words that begin a sentence after "etc." or "the U.S.", where a capitalised name does not.
constexpr auto kStarters = std::to_array<std::string_view>(
    {"the",  "a",    "an",    "he",  "she", "it",  "i",     "we",    "they", "you",
     "this", "that", "these", "but", "and", "so",  "there", "those", "in",   "on",
     "at",   "if",   "his",   "her", "my",  "our", "what",  "when"});

template <class List>
bool is_one_of(const List& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

bool is_one_of(std::u32string_view list, char32_t value) {
  return list.find(value) != std::u32string_view::npos;
}

bool is_word_part(CharKind kind) {
  return kind == CharKind::kLetter || kind == CharKind::kDigit || kind == CharKind::kUnreadable;
}

// The marks behind a word: "(s:1)", "(z:l ay v|l ih v)", "(s:1,t:0)".
//
// Grammar: mark = "(" item *("," item) ")" · item = name ":" value · name s, t, g or c with value 0
// or 1, or z with alternatives "phone *(blank phone)" separated by "|" (or "\|"). Names may be
// capitals; blanks around names and values do not matter.
constexpr std::size_t kMaxForced = 16;
constexpr std::size_t kMaxForcedPhones = 100;

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n\f\v";
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

Status malformed(std::string_view word, std::string_view item, std::string_view reason) {
  return Status(Code::kBadParameter, "refText",
                "'" + shortened(word) + "' has a malformed mark '(" + shortened(item) +
                    ")': " + std::string(reason));
}

std::optional<bool>* flag_of(char name, Marks& marks) {
  switch (name) {
    case 's':
      return &marks.stressed;
    case 't':
      return &marks.rising;
    case 'g':
      return &marks.pause_after;
    case 'c':
      return &marks.linked;
    default:
      return nullptr;
  }
}

Status parse_forced(std::string_view value, std::string_view word, std::string_view item,
                    Marks& marks) {
  if (!marks.forced.empty()) return malformed(word, item, "z is given twice");
  for (std::string alternative : split(value, '|')) {
    if (alternative.ends_with('\\')) alternative.pop_back();
    Result<GivenPhones> phones = parse_phone_string(alternative);
    if (!phones.ok()) return malformed(word, item, phones.status().explanation());
    if (phones->pronunciation.phones.size() > kMaxForcedPhones ||
        marks.forced.size() >= kMaxForced) {
      return malformed(word, item, "more than 100 phones or 16 alternatives");
    }
    marks.forced.push_back(std::move(*phones));
  }
  return Status();
}

Status parse_item(std::string_view item, std::string_view word, Marks& marks) {
  const std::size_t colon = item.find(':');
  if (colon == std::string_view::npos) return malformed(word, item, "a name and ':' are missing");
  const std::string name = to_lower(trimmed(item.substr(0, colon)));
  const std::string_view value = trimmed(item.substr(colon + 1));
  if (name == "z") return parse_forced(value, word, item, marks);
  std::optional<bool>* flag = name.size() == 1 ? flag_of(name[0], marks) : nullptr;
  if (flag == nullptr) return malformed(word, item, "the marks are s, t, g, c and z");
  if (flag->has_value()) return malformed(word, item, name + " is given twice");
  if (value != "0" && value != "1") return malformed(word, item, "the value is 0 or 1");
  *flag = value == "1";
  return Status();
}

// Reads `inner`, the text between the parentheses, into `marks`.
Status parse_marks(std::string_view inner, std::string_view word, Marks& marks) {
  for (const std::string& item : split(inner, ',')) {
    RETURN_IF_ERROR(parse_item(item, word, marks));
  }
  return Status();
}

Status refused(const std::string& detail) { return Status(Code::kBadParameter, "refText", detail); }

// Walks over the code points; all positions are indices of code points, ranges are half-open.
class TextSplitter {
 public:
  TextSplitter(std::string_view text, const std::vector<CodePoint>& points)
      : text_(text), points_(points) {}

  Result<std::vector<WrittenToken>> run() {
    std::size_t at = 0;
    while ((at = skip_boundaries(at)) < points_.size()) {
      RETURN_IF_ERROR(read_chunk(at));
    }
    if (count_ > kMaxTokens) {
      return refused(std::to_string(count_) + " words, at most " + std::to_string(kMaxTokens) +
                     " can be assessed at a time");
    }
    if (tokens_.empty()) return refused("nothing to read");
    for (std::size_t i = 0; i < tokens_.size(); ++i) settle_period(i);
    tokens_.back().sentence_end = true;
    return std::move(tokens_);
  }

 private:
  struct Range {
    std::size_t begin, end;
  };

  char32_t value(std::size_t at) const { return at < points_.size() ? points_[at].value : 0; }
  CharKind kind(std::size_t at) const {
    return at < points_.size() ? points_[at].kind : CharKind::kSpace;
  }
  bool is_digit(std::size_t at) const { return value(at) >= '0' && value(at) <= '9'; }
  bool is_ascii_letter(std::size_t at) const {
    return (value(at) | 0x20) >= 'a' && (value(at) | 0x20) <= 'z';
  }
  bool is_apostrophe(std::size_t at) const { return is_one_of(U"'’‘", value(at)); }
  std::string_view bytes(Range range) const {
    if (range.begin >= range.end) return {};
    const std::size_t begin = points_[range.begin].begin;
    return text_.substr(begin, points_[range.end - 1].end - begin);
  }

  std::size_t run_length(std::size_t at, char32_t wanted) const {
    std::size_t size = 0;
    while (value(at + size) == wanted) ++size;
    return size;
  }

  // Code points of the white space, long dash or ellipsis at `at`; 0 when there is none.
  std::size_t boundary_size(std::size_t at) const {
    if (kind(at) == CharKind::kSpace || is_one_of(U"—―…", value(at))) return 1;
    if (const std::size_t dashes = run_length(at, '-'); dashes >= 2) return dashes;
    if (const std::size_t dots = run_length(at, '.'); dots >= 3) return dots;
    return 0;
  }

  // An empty line ends a sentence as a period does.
  std::size_t skip_boundaries(std::size_t at) {
    int line_ends = 0;
    while (at < points_.size()) {
      const std::size_t size = boundary_size(at);
      if (size == 0) break;
      if (is_one_of(U"\n\x2029", value(at))) ++line_ends;
      at += size;
    }
    if (line_ends >= 2 && !tokens_.empty()) tokens_.back().sentence_end = true;
    return at;
  }

  // "(s:", "(stress:" but not "(https://": the parentheses of a mark, right or wrong.
  bool is_mark_start(std::size_t at) const {
    if (value(at) != '(') return false;
    std::size_t end = at + 1;
    while (is_ascii_letter(end)) ++end;
    return end > at + 1 && value(end) == ':' && value(end + 1) != '/';
  }

  // Reads the chunk at `at`, which has boundaries only inside marks, and moves `at` behind it.
  Status read_chunk(std::size_t& at) {
    const std::size_t first = at;
    if (is_mark_start(at) && is_one_of(U"stgczSTGCZ", value(at + 1)) && value(at + 2) == ':') {
      return refused("the mark at byte " + std::to_string(points_[at].begin) + " follows no word");
    }
    while (boundary_size(at) == 0 && !(at > first && is_mark_start(at))) ++at;
    const Range before_marks{first, at};
    Marks marks;
    while (is_mark_start(at)) {
      RETURN_IF_ERROR(read_mark(before_marks, at, marks));
    }
    const Range after_marks{at, end_of_chunk(at)};
    at = after_marks.end;
    return add_token(before_marks, after_marks, std::move(marks));
  }

  std::size_t end_of_chunk(std::size_t at) const {
    while (boundary_size(at) == 0) ++at;
    return at;
  }

  Status read_mark(Range word, std::size_t& at, Marks& marks) const {
    std::size_t close = at;
    while (close < points_.size() && value(close) != ')') ++close;
    if (close == points_.size()) {
      return refused("'" + shortened(bytes(word)) + "' has a mark without its ')': '" +
                     shortened(bytes({at, close})) + "'");
    }
    const Status status = parse_marks(bytes({at + 1, close}), bytes(word), marks);
    at = close + 1;
    return status;
  }

  Status add_token(Range chunk, Range after_marks, Marks marks) {
    const Range core = core_of(chunk);
    const bool has_marks = after_marks.begin > chunk.end;
    if (has_marks && (core.begin == core.end || holds_word(after_marks))) {
      return refused("the mark of '" + shortened(bytes(chunk)) +
                     "' must stand at the end of a word");
    }
    if (core.begin == core.end) {
      if (ends_sentence(chunk) && !tokens_.empty()) tokens_.back().sentence_end = true;
      return Status();
    }
    const std::string_view display = bytes(core);
    if (display.size() > kMaxTokenBytes) {
      return refused("'" + shortened(display) + "' is longer than " +
                     std::to_string(kMaxTokenBytes) + " bytes");
    }
    if (++count_ > kMaxTokens) return Status();  // keep counting, for the message
    const std::size_t begin = points_[core.begin].begin;
    const bool end = ends_sentence({core.end, chunk.end}) || ends_sentence(after_marks);
    tokens_.push_back({std::string(display), begin, begin + display.size(), end, std::move(marks)});
    return Status();
  }

  bool holds_word(Range range) const {
    return std::any_of(points_.begin() + static_cast<std::ptrdiff_t>(range.begin),
                       points_.begin() + static_cast<std::ptrdiff_t>(range.end),
                       [](const CodePoint& point) { return is_word_part(point.kind); });
  }

  bool ends_sentence(Range range) const {
    return std::any_of(points_.begin() + static_cast<std::ptrdiff_t>(range.begin),
                       points_.begin() + static_cast<std::ptrdiff_t>(range.end),
                       [](const CodePoint& point) { return is_one_of(U".!?。！？", point.value); });
  }

  // The chunk without the punctuation around it; empty when there is nothing to read.
  Range core_of(Range chunk) const {
    Range core = chunk;
    while (core.begin < core.end && !begins_core(core.begin)) ++core.begin;
    while (core.end > core.begin && !ends_core(core.begin, core.end - 1)) --core.end;
    if (core.begin < core.end && holds_word(core)) return core;
    const bool single = chunk.end == chunk.begin + 1 && kind(chunk.begin) == CharKind::kSpoken;
    return single && value(chunk.begin) != '#' ? chunk : Range{chunk.begin, chunk.begin};
  }

  bool begins_core(std::size_t at) const {
    if (is_word_part(kind(at))) return true;
    const bool number_follows = is_digit(at + 1) || (value(at + 1) == '.' && is_digit(at + 2));
    if (is_one_of(U"$€£¥", value(at)) || value(at) == '.') return number_follows;
    if (is_one_of(U"-−–", value(at))) return number_follows || is_one_of(U"$€£¥", value(at + 1));
    if (is_one_of(U"#@+°", value(at))) return is_word_part(kind(at + 1));
    return is_apostrophe(at) && begins_elision(at + 1);
  }

  bool begins_elision(std::size_t at) const {
    if (is_digit(at) && is_digit(at + 1)) return true;  // '90s
    std::size_t end = at;
    while (is_ascii_letter(end)) ++end;
    return end > at && is_one_of(kElisions, to_lower(bytes({at, end})));
  }

  // REQUIRES: the core begins at or before `at`.
  bool ends_core(std::size_t first, std::size_t at) const {
    if (is_word_part(kind(at)) || kind(at) == CharKind::kMark) return true;
    if (at == first) return kind(at) == CharKind::kSpoken && value(at) != '#';
    if (is_one_of(U"%°¢€£¥$", value(at))) return is_digit(at - 1) || value(at - 1) == '.';
    if (value(at) == '+') return is_word_part(kind(at - 1)) || value(at - 1) == '+';
    if (value(at) == '#') return kind(at - 1) == CharKind::kLetter;
    if (value(at) == ')') return bytes({first, at}).find('(') != std::string_view::npos;
    return is_apostrophe(at) && first > 0 && !is_apostrophe(first - 1) && ends_elided(at);
  }

  // "dogs'", "goin'"
  bool ends_elided(std::size_t at) const {
    const char32_t last = value(at - 1) | 0x20;
    return last == 's' || (last == 'n' && at >= 2 && (value(at - 2) | 0x20) == 'i');
  }

  // A period that belongs to the token ("Mr.", "U.S.") is added to it, and ends no sentence by
  // itself.
  void settle_period(std::size_t index) {
    WrittenToken& token = tokens_[index];
    if (token.end >= text_.size() || text_[token.end] != '.') return;
    const std::string next =
        index + 1 < tokens_.size() ? tokens_[index + 1].display : std::string();
    const bool capital_follows = !next.empty() && next[0] >= 'A' && next[0] <= 'Z';
    const bool starter_follows = capital_follows && is_one_of(kStarters, to_lower(next));
    const bool number_follows = !next.empty() && next[0] >= '0' && next[0] <= '9';
    const char first = token.display[0];
    const bool is_capitalised = first >= 'A' && first <= 'Z';
    const Abbreviation* known =
        find_abbreviation(to_lower(token.display), {true, is_capitalised, number_follows});
    const bool initial = token.display.size() == 1 && is_capitalised && first != 'I' &&
                         capital_follows && !starter_follows;
    const bool initials = token.display.size() > 1 && is_initials(token.display);
    if (known == nullptr && !initial && !initials) return;
    token.display += '.';
    ++token.end;
    const bool may_end = known != nullptr ? known->ends_sentence : initials;
    const bool other_end =
        token.end < text_.size() && is_one_of(U"!?", static_cast<unsigned char>(text_[token.end]));
    token.sentence_end = other_end || (may_end && (starter_follows || next.empty()));
  }

  std::string_view text_;
  const std::vector<CodePoint>& points_;
  std::vector<WrittenToken> tokens_;
  std::size_t count_ = 0;  // tokens so far, also those beyond the limit
};

}  // namespace

Result<std::vector<WrittenToken>> split_reference_text(std::string_view ref_text) {
  if (ref_text.size() > kMaxTextBytes) {
    return refused(std::to_string(ref_text.size()) + " bytes, at most " +
                   std::to_string(kMaxTextBytes) + " are allowed");
  }
  ASSIGN_OR_RETURN(const std::vector<CodePoint> points, decode_text(ref_text));
  return TextSplitter(ref_text, points).run();
}

}  // namespace saywell
