#include "format/transcript/transcript_json.h"

#include <cmath>

#include "format/presentation.h"

namespace saywell {
namespace {

double shown_confidence(double confidence) { return std::round(confidence * 100) / 100; }

}  // namespace

boost::json::object transcript_to_json(const Transcript& transcript) {
  boost::json::array words;
  for (const TranscriptWord& word : transcript.words) {
    words.push_back(boost::json::object{{"txt", word.text},
                                        {"start", shown_ms(word.time.start_ms)},
                                        {"end", shown_ms(word.time.end_ms)},
                                        {"conf", shown_confidence(word.confidence)}});
  }
  return {{"rec", transcript.text},
          {"conf", shown_confidence(transcript.confidence)},
          {"align", std::move(words)}};
}

boost::json::object recognised_sentence_to_json(const RecognisedSentence& sentence) {
  boost::json::array nbest;
  for (const SentenceGuess& guess : sentence.nbest) {
    nbest.push_back(
        boost::json::object{{"rec", guess.text}, {"conf", shown_confidence(guess.confidence)}});
  }
  return {{"rec", sentence.nbest.front().text},
          {"conf", shown_confidence(sentence.nbest.front().confidence)},
          {"starttime", shown_ms(sentence.time.start_ms)},
          {"endtime", shown_ms(sentence.time.end_ms)},
          {"nbest", std::move(nbest)}};
}

}  // namespace saywell
