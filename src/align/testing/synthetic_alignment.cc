#include "align/testing/synthetic_alignment.h"

#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <utility>

#include "align/align_text.h"

namespace saywell {

TextVariants synthetic_text(std::string_view tokens) {
  TextVariants text;
  std::istringstream list{std::string(tokens)};
  for (std::string token; std::getline(list, token, '|');) {
    TokenVariant variant;
    std::istringstream names(token);
    for (std::string name; names >> name;) {
      variant.phones.push_back(*parse_arpabet(name));
      variant.stress.push_back(is_vowel(variant.phones.back()) ? 1 : 0);
    }
    text.push_back({std::move(variant)});
  }
  return text;
}

PathEvent said(std::size_t token, FrameSpan frames) {
  return {PathEvent::Kind::kToken, token, 0, frames};
}

PathEvent said_instead(std::size_t token, FrameSpan frames) {
  return {PathEvent::Kind::kToken, token, 0, frames, true};
}

PathEvent other_speech(std::size_t next_token, FrameSpan frames) {
  return {PathEvent::Kind::kOtherSpeech, next_token, 0, frames};
}

Alignment synthetic_alignment(const Posteriors& posteriors, std::string_view tokens,
                              const std::vector<PathEvent>& events) {
  Result<Alignment> alignment = build_alignment(posteriors, synthetic_text(tokens), events);
  EXPECT_TRUE(alignment.ok()) << alignment.status().message();
  return alignment.ok() ? *std::move(alignment) : Alignment();
}

}  // namespace saywell
