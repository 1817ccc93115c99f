#include "mandarin/pinyin_text.h"

#include <algorithm>
#include <optional>
#include <string>

#include "base/status_macros.h"
#include "text/unicode_text.h"

namespace saywell {
namespace {

constexpr std::size_t kMaxTextBytes = 64 * 1024;

struct WrittenSyllable {
  std::string text;  // lower case
  std::size_t begin = 0;
  std::size_t end = 0;
};

Status refused(const std::string& written, const std::string& reason) {
  return Status(Code::kBadParameter, "refText", "'" + shortened(written) + "' " + reason);
}

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The fault in the form of `text`; nothing when it is letters and a tone 0–4.
std::optional<std::string> fault_of(const std::string& text) {
  if (text.find(':') != std::string::npos) return "is no pinyin: write v for u:";
  if (text.find("ü") != std::string::npos) return "is no pinyin: write v for ü";
  const auto first_digit = std::find_if_not(text.begin(), text.end(), is_letter);
  const auto rest = std::find_if_not(first_digit, text.end(), is_digit);
  if (rest != text.end() && is_letter(*rest) && first_digit != rest &&
      first_digit != text.begin()) {
    return "has several syllables: join them with '-'";
  }
  if (first_digit == text.begin() || rest != text.end()) {
    return "is no numbered pinyin, such as 'hao3'; characters belong to the .raw kinds";
  }
  if (first_digit == text.end()) return "has no tone: add 1 to 4, or 0 for neutral";
  if (rest - first_digit > 1 || *first_digit > '4') return "has a tone that is none of 0 to 4";
  return std::nullopt;
}

// Takes words apart at "-"; a colon belongs to a syllable only in "u:".
class Splitter {
 public:
  explicit Splitter(std::string_view text) : text_(text) {}

  // 40031 for a fault in the text's form; ok: syllables() are whole but for impossible().
  Status split() {
    ASSIGN_OR_RETURN(const std::vector<CodePoint> points, decode_text(text_));
    for (std::size_t i = 0; i < points.size(); ++i) {
      const CodePoint& point = points[i];
      if (point.kind == CharKind::kIgnorable) continue;
      if (belongs_to_syllable(points, i)) {
        append(point);
        continue;
      }
      RETURN_IF_ERROR(finish());
      if (!joins_syllables(points, i) && !syllables_.empty()) mark_end(point);
    }
    RETURN_IF_ERROR(finish());
    if (syllables_.empty()) return refused(std::string(text_), "has no syllable to read");
    MandarinSyllable& last = syllables_.back();
    last.word_end = last.pause_after = last.sentence_end = true;
    return {};
  }

  std::vector<MandarinSyllable>& syllables() { return syllables_; }
  // The first syllable that nothing is spelled like; empty when there is none.
  const std::string& impossible() const { return impossible_; }

 private:
  static bool is_word_part(const CodePoint& point) {
    return point.kind == CharKind::kLetter || point.kind == CharKind::kDigit;
  }

  // "-", or the apostrophe of xi1'an1, between two syllables of a word.
  static bool joins_syllables(const std::vector<CodePoint>& points, std::size_t i) {
    const char32_t value = points[i].value;
    return (value == '-' || value == '\'' || value == U'’') && i > 0 && i + 1 < points.size() &&
           is_word_part(points[i - 1]) && is_word_part(points[i + 1]);
  }

  static bool belongs_to_syllable(const std::vector<CodePoint>& points, std::size_t i) {
    const CodePoint& point = points[i];
    if (point.value == ':') {
      const bool follows_u = i > 0 && (points[i - 1].value == 'u' || points[i - 1].value == 'U');
      return follows_u && i + 1 < points.size() && is_word_part(points[i + 1]);
    }
    return is_word_part(point) || point.kind == CharKind::kMark ||
           point.kind == CharKind::kUnreadable || point.kind == CharKind::kSpoken;
  }

  void append(const CodePoint& point) {
    if (pending_.text.empty()) pending_.begin = point.begin;
    const bool is_capital = point.value >= 'A' && point.value <= 'Z';
    pending_.text += is_capital ? std::string(1, static_cast<char>(point.value + ('a' - 'A')))
                                : std::string(text_.substr(point.begin, point.end - point.begin));
    pending_.end = point.end;
  }

  // The form alone is asked here: spellings come behind every question of form.
  Status finish() {
    if (pending_.text.empty()) return {};
    if (const auto fault = fault_of(pending_.text)) return refused(pending_.text, *fault);
    MandarinSyllable syllable;
    syllable.begin = pending_.begin;
    syllable.end = pending_.end;
    if (const auto parsed = parse_syllable(pending_.text)) {
      syllable.written = *parsed;
    } else if (impossible_.empty()) {
      impossible_ = pending_.text;
    }
    syllables_.push_back(std::move(syllable));
    pending_ = {};
    return {};
  }

  void mark_end(const CodePoint& point) {
    MandarinSyllable& last = syllables_.back();
    last.word_end = true;
    if (point.kind == CharKind::kSpace) return;
    last.pause_after = true;
    constexpr std::u32string_view kSentenceEnds = U".!?。！？…";
    if (kSentenceEnds.find(point.value) != std::u32string_view::npos) last.sentence_end = true;
  }

  std::string_view text_;
  WrittenSyllable pending_;
  std::vector<MandarinSyllable> syllables_;
  std::string impossible_;
};

}  // namespace

Result<MandarinText> parse_pinyin_text(std::string_view ref_text, std::size_t max_syllables) {
  if (ref_text.size() > kMaxTextBytes) {
    return Status(Code::kBadParameter, "refText", "is longer than 64 KB");
  }
  Splitter splitter(ref_text);
  RETURN_IF_ERROR(splitter.split());
  MandarinText text{std::move(splitter.syllables())};
  if (text.syllables.size() > max_syllables) {
    return Status(Code::kBadParameter, "refText",
                  "has " + std::to_string(text.syllables.size()) + " syllables, at most " +
                      std::to_string(max_syllables) + " are taken");
  }
  if (!splitter.impossible().empty()) {
    return Status(Code::kUnsupportedWord, "refText",
                  "'" + shortened(splitter.impossible()) + "' is no syllable of Mandarin");
  }
  for (MandarinSyllable& syllable : text.syllables) {
    syllable.tone = syllable.written.tone;
    syllable.accepted.set(syllable.written.tone);
  }
  return text;
}

}  // namespace saywell
