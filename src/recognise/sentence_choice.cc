#include "recognise/sentence_choice.h"

#include <algorithm>
#include <cmath>

#include "base/status_macros.h"
#include "recognise/word_times.h"

namespace saywell {
namespace {

// In nats per token and per phone together: how much worse the best sentence explains what was
// heard than the likeliest text and any phones do. Of learners' sentences beside 39 others the said
// one was below 4.5, the best of the others above 5.5 (docs/recognition.md).
constexpr double kMostUnexplained = 5.0, kUnexplainedSlope = 2.0;

// Both scores rate the same sounds, and agree more than independent judges would.
constexpr double kScoreTemperature = 4.0;

double unexplained(const SentenceScore& score, float any_phones) {
  const double per_token =
      -score.decoder / static_cast<double>(std::max<std::size_t>(score.tokens, 1));
  const double per_phone =
      (any_phones - score.alignment) / static_cast<double>(std::max<std::size_t>(score.phones, 1));
  return per_token + per_phone;
}

}  // namespace

Result<std::vector<ChoiceSentence>> pronounce_sentences(const TextFrontEnd& text,
                                                        const std::vector<std::string>& sentences,
                                                        const std::string& field) {
  std::vector<ChoiceSentence> pronounced;
  for (const std::string& sentence : sentences) {
    Result<ReferenceText> pronunciations = text.text_to_pronunciations(sentence);
    if (!pronunciations.ok()) {
      return Status(Code::kBadParameter, field,
                    "in '" + sentence + "': " + pronunciations.status().detail());
    }
    pronounced.push_back({sentence, *std::move(pronunciations)});
  }
  return pronounced;
}

std::vector<RatedSentence> rate_sentences(const SentenceScores& scores) {
  const SentenceScore& best = scores.sentences.front();
  const double excess = unexplained(best, scores.any_phones) - kMostUnexplained;
  if (excess > 0) return {};
  const double heard = 1 / (1 + std::exp(kUnexplainedSlope * excess));
  double sum = 0;
  std::vector<double> odds;
  for (const SentenceScore& score : scores.sentences) {
    odds.push_back(
        std::exp(static_cast<double>(joint_score(score) - joint_score(best)) / kScoreTemperature));
    sum += odds.back();
  }
  std::vector<RatedSentence> rated;
  for (std::size_t i = 0; i < std::min(odds.size(), kMaxGuesses); ++i) {
    rated.push_back({scores.sentences[i].sentence, heard * odds[i] / sum});
  }
  return rated;
}

Result<RecognisedSentence> choose_sentence(const Transcriber& transcriber,
                                           const HeardSpeech& speech,
                                           std::span<const ChoiceSentence> sentences,
                                           const Deadline& deadline) {
  if (speech.posteriors->frame_count() == 0) {
    return Status(Code::kNoSpeech, "no speech was found in the recording");
  }
  ASSIGN_OR_RETURN(const SentenceScores scores,
                   score_sentences(transcriber, speech, sentences, deadline));
  const std::vector<RatedSentence> rated = rate_sentences(scores);
  const Status nothing(Code::kNothingRecognised, "none of the sentences was heard");
  if (rated.empty()) return nothing;
  const auto regions =
      align_words(*speech.posteriors, sentences[rated.front().sentence].pronunciations);
  // More phones than there was time for: it was not said.
  if (!regions.ok()) return nothing;
  RecognisedSentence result;
  result.time = {1000 * regions->front().start_s, 1000 * regions->back().end_s};
  for (const RatedSentence& guess : rated) {
    result.nbest.push_back({sentences[guess.sentence].text, guess.confidence});
  }
  return result;
}

}  // namespace saywell
