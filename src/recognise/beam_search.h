// The likeliest token sequences of one stretch of speech, by beam search.
//
// Hypotheses grow by one token per step, all of them in one run of the decoder; an ended one is
// compared by its log probability per token to a power (Wu et al. 2016, arXiv:1609.08144), since
// otherwise the shortest would win. A hypothesis that says the same again and again has lost the
// speech: it ends there, without the repeats, and is marked.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "base/deadline.h"
#include "recognise/token_vocabulary.h"

namespace saywell {

// One hypothesis to be continued.
struct BeamRow {
  std::size_t parent = 0;  // the row of the step before that it continues
  TokenId token = kStartToken;
};

// The decoder as the search sees it. One search at a time.
class NextTokens {
 public:
  virtual ~NextTokens() = default;

  // Log probabilities of every token, a row of vocabulary_size() per row of `rows`; valid until the
  // next call. The first call of an utterance has one row, the start token.
  virtual Result<std::span<const float>> next(std::span<const BeamRow> rows) = 0;
  virtual std::size_t vocabulary_size() const = 0;
};

struct BeamOptions {
  std::size_t width = 1;         // 1: greedy
  float length_power = 1.0F;     // score = log probability / tokens ^ length_power
  std::size_t max_tokens = 200;  // of a hypothesis; it is then cut off, and marked
  bool allow_empty = true;       // false: the first token is not the end
  // What a hypothesis may be continued by; empty: any token the decoder knows. The end token is
  // asked for too.
  std::function<bool(std::span<const TokenId> so_far, TokenId next)> allowed = {};
};

struct Hypothesis {
  std::vector<TokenId> tokens;           // without start and end
  std::vector<float> log_probs;          // one per token, and that of the end unless it was cut off
  float score = 0;                       // length-normalised log probability, 0 at best
  bool looped = false, cut_off = false;  // lost the speech; longer than max_tokens

  // Of all tokens, the end included.
  float mean_log_prob() const;
};

// The hypotheses that ended, best first, at most `width`; those that did not loop or were not cut
// off before the others. Empty when the constraint leaves none. Errors: of `next_tokens`, 503 once
// the deadline has passed.
Result<std::vector<Hypothesis>> beam_search(NextTokens& next_tokens, const BeamOptions& options,
                                            const Deadline& deadline = {});

// Length of `tokens` without a repeated end: when their last tokens are the same run over and over,
// the run is kept once. The length as it is where there is no such loop. Pure.
std::size_t length_without_loop(std::span<const TokenId> tokens);

}  // namespace saywell
