// Which sentence of a grammar or of a list of choices was said.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "recognise/sentence_scores.h"
#include "saywell/recognition.h"

namespace saywell {

inline constexpr std::size_t kMaxGuesses = 5;

// The sentences with their pronunciations. Code 40031, field `field`, naming the word and its
// sentence, where one has no pronunciation.
Result<std::vector<ChoiceSentence>> pronounce_sentences(const TextFrontEnd& text,
                                                        const std::vector<std::string>& sentences,
                                                        const std::string& field);

// The likeliest sentences with their confidence, at most kMaxGuesses; none when nothing of any was
// said. A confidence is the probability among the scored sentences, lowered where even the best one
// explains badly what was heard. Pure.
struct RatedSentence {
  std::size_t sentence = 0;  // index of the ChoiceSentence
  double confidence = 0;
};
std::vector<RatedSentence> rate_sentences(const SentenceScores& scores);

// REQUIRES: `sentences` are not empty. Code 20001 when there is no speech, 20302 when nothing of
// the sentences was said, 503 once the deadline has passed. Thread-safe.
Result<RecognisedSentence> choose_sentence(const Transcriber& transcriber,
                                           const HeardSpeech& speech,
                                           std::span<const ChoiceSentence> sentences,
                                           const Deadline& deadline = {});

}  // namespace saywell
