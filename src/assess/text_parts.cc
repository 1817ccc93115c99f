#include "assess/text_parts.h"

namespace saywell {
namespace {

// The scorer compares every phone of a part with every other: its memory grows with their square.
constexpr std::size_t kMaxPartPhones = 2000;

std::size_t usual_phones(const Token& token) {
  std::size_t phones = 0;
  for (const SpokenWord& word : token.readings.front())
    phones += word.variants.front().phones.size();
  return phones;
}

}  // namespace

std::vector<TextPart> parts_of(const ReferenceText& text, const CoreType& core_type) {
  std::vector<TextPart> parts;
  std::size_t first = 0, phones = 0;
  for (std::size_t t = 0; t < text.tokens.size(); ++t) {
    phones += usual_phones(text.tokens[t]);
    const bool last = t + 1 == text.tokens.size();
    const bool long_enough = t + 1 - first == kMaxSentenceTokens || phones >= kMaxPartPhones;
    const bool ends = core_type.by_sentence && (text.tokens[t].sentence_end || long_enough);
    if (!last && !ends) continue;
    parts.push_back({first, t + 1});
    first = t + 1;
    phones = 0;
  }
  return parts;
}

}  // namespace saywell
