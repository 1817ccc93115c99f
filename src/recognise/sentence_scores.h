// How well each of several sentences explains what was heard: by the decoder, by our own alignment.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "recognise/transcriber.h"

namespace saywell {

// A sentence that may be said, with its pronunciations.
struct ChoiceSentence {
  std::string text;
  ReferenceText pronunciations;
};

// Log likelihoods in nats, higher is better.
struct SentenceScore {
  std::size_t sentence = 0;  // index of the ChoiceSentence
  float decoder = 0;         // of all its tokens and the end, forced upon the decoder
  std::size_t tokens = 0;    // how many those are
  float alignment = 0;       // of the best path of the posteriors through its phones, each phone
                             // and word may be missing at a cost
  std::size_t phones = 0;    // of its first pronunciation
};

struct SentenceScores {
  std::vector<SentenceScore> sentences;  // best first by decoder and alignment together
  float any_phones = 0;  // log likelihood of the posteriors if any phones may follow one another
};

// The most that are looked at closely: those whose phones are nearest to the heard ones.
inline constexpr std::size_t kMaxScoredSentences = 48;

// REQUIRES: `sentences` and the speech are not empty. 503 once the deadline has passed; 500 when
// the runtime fails. Thread-safe.
Result<SentenceScores> score_sentences(const Transcriber& transcriber, const HeardSpeech& speech,
                                       std::span<const ChoiceSentence> sentences,
                                       const Deadline& deadline = {});

// Decoder and alignment as one number; the weight was chosen as docs/recognition.md describes.
float joint_score(const SentenceScore& score);

}  // namespace saywell
