// The text of free speech: words with times, and how sure we are of them. Plain data.
#pragma once

#include <string>
#include <vector>

#include "saywell/result.h"

namespace saywell {

// How sure the decoder was: mean log probabilities, 0 at best.
struct WordEvidence {
  float lowest = 0;     // of the word's least likely token
  float utterance = 0;  // of all tokens of the stretch between two pauses
};

struct TranscriptWord {
  std::string text;       // as it is written, without the punctuation around it: "22", "don't"
  std::string shown;      // the same with the punctuation around it: "(22)", "don't,"
  TimeSpanMs time;        // words are in order and do not overlap
  double confidence = 0;  // 0–1, the share of such words that are right
  bool sentence_end = false;
  WordEvidence evidence;  // what the confidence comes from
};

struct Transcript {
  std::string text;       // with punctuation, one blank between words; empty: no word was heard
  double confidence = 0;  // 0–1, mean of the words'; 0 without words
  std::vector<TranscriptWord> words;
  double audio_ms = 0;  // length of the recording
};

}  // namespace saywell
