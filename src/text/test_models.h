// The dictionary of the tests, loaded once: cmudict.js of SAYWELL_MODEL_DIR, or of the
// repository whose root the test runs in.
#pragma once

#include <cstdlib>
#include <string>

#include "text/text_front_end.h"

namespace saywell {

inline std::string test_model_dir() {
  const char* dir = std::getenv("SAYWELL_MODEL_DIR");
  return dir != nullptr ? dir : "build/models";
}

inline const Lexicon& test_lexicon() {
  static const Result<Lexicon> lexicon = Lexicon::load(test_model_dir() + "/cmudict.js");
  return *lexicon;
}

inline const TextFrontEnd& test_front_end() {
  static const Result<TextFrontEnd> front_end = TextFrontEnd::load(test_model_dir());
  return *front_end;
}

}  // namespace saywell
