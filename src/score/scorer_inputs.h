// What the scorer is given: numbers about every phone and about the whole reading.
//
// Training reads the same numbers, written by `saywell features`: a change here means training anew
// (kScorerInputsVersion goes into the model's metadata and is checked when it is loaded).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "acoustic/pcm_to_embeddings.h"
#include "align/reading.h"
#include "score/prosody.h"

namespace saywell {

inline constexpr int kScorerInputsVersion = 3;

// Layout of a phone's row: mean embedding, embedding at its peak, then the numbers below.
inline constexpr std::size_t kTokenNumbers = 7;  // of its word, last in the row
inline constexpr std::size_t kPhoneNumbers = 40 + 40 + 41 + 22 + kTokenNumbers;
inline constexpr std::size_t kPhoneRowSize = 2 * kEmbeddingSize + kPhoneNumbers;
inline constexpr std::size_t kReadingNumbers = 24;

struct ScorerInputs {
  std::vector<float> phone_rows;        // [i * kPhoneRowSize + …], one row a phone that was read
  std::vector<std::int64_t> phone_ids;  // the canonical phone of each row
  std::vector<std::size_t> phone_indices;  // its index in Reading::phones
  std::vector<std::size_t> phone_words;    // its word: an index into word_tokens
  std::vector<std::size_t> word_tokens;    // the tokens that were read
  std::vector<float> reading;  // kReadingNumbers numbers about pace, pauses, pitch and level
};

// Of tokens [first_token, end_token) of the reading: a sentence is scored by itself. Tokens that
// were left out have no rows.
ScorerInputs make_scorer_inputs(const Reading& reading, std::span<const Embeddings> chunks,
                                const Posteriors& posteriors, const Prosody& prosody,
                                std::size_t first_token, std::size_t end_token);

}  // namespace saywell
