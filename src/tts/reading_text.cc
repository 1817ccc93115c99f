#include "tts/reading_text.h"

#include <algorithm>

#include "text/unicode_text.h"

namespace saywell {
namespace {

// The text between two tokens, without the marks that belong to the first.
std::string_view without_marks(std::string_view gap) {
  while (gap.starts_with('(')) gap.remove_prefix(std::min(gap.find(')'), gap.size() - 1) + 1);
  return gap;
}

// The audible punctuation of a gap: "" or one of , . ? !
std::string pause_of(std::string_view gap, bool sentence_end) {
  const std::string folded = fold_to_ascii(without_marks(gap));
  const std::size_t end = folded.find_first_of("?!");
  if (sentence_end) return end == std::string::npos ? "." : std::string(1, folded[end]);
  const bool dash = gap.find("\u2013") != gap.npos || gap.find("\u2014") != gap.npos;
  const bool pauses = dash || folded.find_first_of(",;:-()") != std::string::npos;
  return pauses ? "," : "";
}

}  // namespace

std::vector<std::string> reading_text(const ReferenceText& reference, std::string_view text) {
  std::vector<std::string> sentences;
  std::string sentence;
  for (std::size_t i = 0; i < reference.tokens.size(); ++i) {
    const Token& token = reference.tokens[i];
    const bool last = i + 1 == reference.tokens.size();
    const std::size_t gap_end = last ? text.size() : reference.tokens[i + 1].begin;
    for (const SpokenWord& word : token.readings.front()) {
      sentence += (sentence.empty() ? "" : " ") + word.text;
    }
    const bool ends = token.sentence_end || last;
    sentence += pause_of(text.substr(token.end, gap_end - token.end), ends);
    if (ends) sentences.push_back(std::exchange(sentence, {}));
  }
  return sentences;
}

}  // namespace saywell
