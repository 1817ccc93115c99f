// The inputs of the scorer and of the classifier of miscues for a part of a text: the features of
// every phone that was said and of the reading as a whole (score/feature_schema.h).
//
// Training reads the same features, written by `saywell features`.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "acoustic/pcm_to_embeddings.h"
#include "align/alignment.h"
#include "score/feature_schema.h"
#include "score/prosody.h"

namespace saywell {

// Phones and tokens in the order of the text, without omitted tokens.
struct ScorerInputs {
  std::vector<float> phone_features;       // [i * kPhoneRowSize + …], one row per phone
  std::vector<std::int64_t> phone_ids;     // the canonical phone of each row
  std::vector<std::size_t> phone_indices;  // its index among the canonical phones of the whole text
  std::vector<std::size_t> phone_words;    // its word: an index into word_tokens
  std::vector<std::size_t> word_tokens;    // the tokens that were read
  std::vector<float> reading_features;     // kReadingRowSize
};

// Of tokens [first_token, end_token), a part that is scored by itself; at least one.
ScorerInputs make_scorer_inputs(const Alignment& alignment, std::span<const Embeddings> chunks,
                                const Posteriors& posteriors, const Prosody& prosody,
                                std::size_t first_token, std::size_t end_token);

}  // namespace saywell
