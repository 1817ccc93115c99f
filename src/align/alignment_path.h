// Finds the words of the reference text that were read, their times, and other speech: the path of
// highest probability through a graph in which every token can be omitted, repeated or substituted,
// and other speech can come between tokens.
//
// Each token is a choice of its pronunciation variants, each variant a chain of phones in the CTC
// topology (Graves et al. 2006). In such a chain a phone can be missing and foreign phones can come
// between, at a cost. Between tokens a phone loop matches other speech. The search is
// Viterbi's with token passing (Young et al. 1989): states carry a link to the last event, so that
// memory does not grow with text times audio. States far below the best are dropped.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "acoustic/embeddings_to_posteriors.h"
#include "align/token_variants.h"

namespace saywell {

// Costs in nats; chosen on changed texts and doubled words of learners that the phone head had not
// heard.
struct AlignmentCosts {
  float missing_phone = 5.0F;   // each phone of a token that was not said
  float foreign_phone = 5.5F;   // each phone inside a token that is not of it
  float omission = 5.0F;        // omitting a run of tokens …
  float omitted_phone = 3.0F;   // … and each of its phones, up to
  float long_omission = 60.0F;  // for the whole run: stopping half way is one decision, not many
  float other_speech = 1.3F;    // a stretch of other speech …
  float other_phone = 1.5F;     // … and each phone of it
  float unread_speech = 0.5F;   // the same beside a token that is known not to be read:
  float unread_phone = 0.8F;    // something else was probably said there
  float repetition = 0.0F;      // going back; the repeated phones have their own costs
  int max_back_tokens = 8;
  float beam = 90.0F;
};

// Knowledge of a token before the search. kOpen: none. kUnread: it was not read as asked, so that
// omitting it costs nothing. kOmitted: nothing was said instead of it either. kRead: it was read.
enum class TokenBelief : std::uint8_t { kOpen, kUnread, kOmitted, kRead };

// A stretch of speech.
struct PathEvent {
  enum class Kind : std::uint8_t { kToken, kOtherSpeech };

  Kind kind = Kind::kToken;
  std::size_t token = 0;  // kToken: its index; kOtherSpeech: that of the next one, or their number
  std::size_t variant = 0;  // kToken: index into the token's variants
  FrameSpan frames;
  bool substituted = false;  // kToken: another word was said in its place, and is aligned with it

  bool is_token() const { return kind == Kind::kToken; }
  bool is_other_speech() const { return kind == Kind::kOtherSpeech; }
};

struct AlignmentPath {
  std::vector<PathEvent> events;  // in order of time
  float log_score = -std::numeric_limits<float>::infinity();
};

// The best path. A token without an event was omitted; one with several was repeated. `beliefs`:
// one per token; empty: nothing is known. No event is substituted. Pure.
AlignmentPath find_alignment_path(const Posteriors& posteriors, const TextVariants& text,
                                  const AlignmentCosts& costs = {},
                                  const std::vector<TokenBelief>& beliefs = {});

}  // namespace saywell
