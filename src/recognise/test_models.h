// The vocabulary and the decoder the tests use, loaded once from SAYWELL_MODEL_DIR.
#pragma once

#include "recognise/token_vocabulary.h"
#include "text/test_models.h"

namespace saywell {

inline const TokenVocabulary& test_vocabulary() {
  static const Result<TokenVocabulary> vocabulary = TokenVocabulary::load(test_model_dir());
  return *vocabulary;
}

}  // namespace saywell
