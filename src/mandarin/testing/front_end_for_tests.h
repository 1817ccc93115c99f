// The front end that tests use, with the models of SAYWELL_MODEL_DIR, and texts in one line.
#pragma once

#include <cstdlib>
#include <string>
#include <string_view>

#include "mandarin/mandarin_front_end.h"

namespace saywell {

inline std::string mandarin_model_dir() {
  const char* dir = std::getenv("SAYWELL_MODEL_DIR");
  return dir != nullptr ? dir : "build/models";
}

inline const MandarinFrontEnd& mandarin_front_end() {
  static const MandarinFrontEnd front_end(mandarin_model_dir());
  return front_end;
}

// The pinyin of what is to be said, separated by blanks; a refusal as "20301 refText: …".
inline std::string said(const Result<MandarinText>& text, bool after_sandhi = true) {
  if (!text.ok()) return std::to_string(text.status().number()) + ' ' + text.status().explanation();
  std::string line;
  for (const MandarinSyllable& syllable : text->syllables) {
    if (!line.empty()) line += ' ';
    line += pinyin_of(after_sandhi ? syllable.spoken() : syllable.written);
  }
  return line;
}

inline std::string say_characters(std::string_view text, std::size_t max_syllables = 1500) {
  return said(mandarin_front_end().read_text(text, {MandarinScript::kCharacters, max_syllables}));
}

inline std::string say_pinyin(std::string_view text, std::size_t max_syllables = 50) {
  return said(mandarin_front_end().read_text(text, {MandarinScript::kPinyin, max_syllables}));
}

}  // namespace saywell
