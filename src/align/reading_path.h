// Which words of the reference text were read, when, and what else was said: the path of highest
// probability through a graph in which every token can be left out, said again or replaced, and
// other speech can stand between tokens.
//
// Each token is a choice of its pronunciation variants, each variant a chain of phones in the CTC
// topology (Graves et al. 2006) in which a phone can be missing or foreign phones can come between,
// at a price. Between tokens a phone loop takes up whatever else was said. Viterbi search with
// token passing (Young et al. 1989): states carry a link to the last event, so memory does not grow
// with text times audio; states far below the best are dropped.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "acoustic/embeddings_to_posteriors.h"
#include "text/reference_text.h"

namespace saywell {

// Prices in nats; chosen on changed texts and doubled words of learners that the phone head had not
// heard.
struct ReadingPrices {
  float phone_missing = 5.0F;
  float phone_added = 5.5F;    // each foreign phone inside a token
  float token_skipped = 5.0F;  // leaving out a run of tokens …
  float phone_skipped = 3.0F;  // … and each of its phones, up to
  float run_skipped = 60.0F;   // for the whole run: stopping half way is one decision, not many
  float other_speech = 1.3F;   // a stretch of other speech …
  float other_phone = 1.5F;    // … and each phone of it
  float unread_speech = 0.5F;  // the same beside a token that is known not to be read:
  float unread_phone = 0.8F;   // something else was probably said there
  float said_again = 0.0F;     // going back: what is said again pays with its phones
  int max_back_tokens = 8;
  float beam = 90.0F;
};

// One variant of one reading of a token, its words joined: what is scored as that token's phones.
struct TokenVariant {
  std::vector<PhoneId> phones;
  std::vector<std::uint8_t> stress;
  std::vector<std::size_t> word_starts;  // index of each spoken word's first phone
  std::size_t reading = 0;
};

// All variants of a token, at most kMaxTokenVariants; readings of several words are combined.
inline constexpr std::size_t kMaxTokenVariants = 24;
std::vector<TokenVariant> token_variants(const Token& token);

// What is known of a token before the search: nothing; that it was not read as asked, so that
// leaving it out costs nothing; that nothing was said instead of it either; that it was read.
enum class TokenBelief : std::uint8_t { kOpen, kUnread, kLeftOut, kRead };

// What was said, in order of time. Rows are posteriors' rows, half-open.
struct ReadingEvent {
  enum class Kind { kToken, kOtherSpeech };
  Kind kind;
  std::size_t token = 0;    // kToken: which; kOtherSpeech: the token before it + 1
  std::size_t variant = 0;  // kToken: index into token_variants()
  std::size_t begin_row = 0;
  std::size_t end_row = 0;
};

struct ReadingPath {
  std::vector<ReadingEvent> events;
  float log_score = -std::numeric_limits<float>::infinity();
};

// The best path. Tokens without an event were left out; a token with several was said again.
// `beliefs`: one a token; empty: nothing is known. Pure.
ReadingPath find_reading_path(const Posteriors& posteriors,
                              const std::vector<std::vector<TokenVariant>>& tokens,
                              const ReadingPrices& prices = {},
                              const std::vector<TokenBelief>& beliefs = {});

}  // namespace saywell
