#include "recognise/sentence_scores.h"

#include <algorithm>
#include <cctype>
#include <numeric>

#include "align/alignment_path.h"
#include "align/greedy_decode.h"
#include "align/phone_loop.h"
#include "base/status_macros.h"

namespace saywell {
namespace {

constexpr float kAlignmentWeight = 1.0F;

// Texts scored in one run of the decoder.
constexpr std::size_t kBatch = 8;

// What the decoder would write: a capital in front, a stop behind.
std::string as_written(const std::string& sentence) {
  std::string text = sentence;
  text.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(text.front())));
  if (std::string_view(".?!").find(text.back()) == std::string_view::npos) text += '.';
  return text;
}

// All stretches of speech as one: the decoder does not ask where a frame was.
Embeddings joined(std::span<const Embeddings> chunks) {
  Embeddings all;
  for (const Embeddings& chunk : chunks) {
    if (all.frame_count == 0) all.first_frame = chunk.first_frame;
    all.frame_count += chunk.frame_count;
    all.values.insert(all.values.end(), chunk.values.begin(), chunk.values.end());
  }
  return all;
}

std::vector<PhoneId> first_pronunciation(const ReferenceText& text) {
  std::vector<PhoneId> phones;
  for (const Token& token : text.tokens) {
    const TokenVariant variant = token_variants(token).front();
    phones.insert(phones.end(), variant.phones.begin(), variant.phones.end());
  }
  return phones;
}

// The sentences whose phones are nearest to the heard ones, at most kMaxScoredSentences.
std::vector<SentenceScore> nearest_sentences(const Posteriors& posteriors,
                                             std::span<const ChoiceSentence> sentences) {
  const std::vector<PhoneId> heard =
      ids_of(greedy_decode(posteriors, {0, posteriors.frame_count()}));
  std::vector<SentenceScore> scores;
  std::vector<double> distances;
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    const std::vector<PhoneId> phones = first_pronunciation(sentences[i].pronunciations);
    SentenceScore score;
    score.sentence = i;
    score.phones = phones.size();
    scores.push_back(score);
    distances.push_back(static_cast<double>(phone_distance(phones, heard)) /
                        static_cast<double>(std::max(phones.size(), heard.size())));
  }
  std::stable_sort(scores.begin(), scores.end(),
                   [&](const SentenceScore& a, const SentenceScore& b) {
                     return distances[a.sentence] < distances[b.sentence];
                   });
  if (scores.size() > kMaxScoredSentences) scores.resize(kMaxScoredSentences);
  return scores;
}

Status add_decoder_scores(const Transcriber& transcriber, const Embeddings& speech,
                          std::span<const ChoiceSentence> sentences, const Deadline& deadline,
                          std::vector<SentenceScore>& scores) {
  ASSIGN_OR_RETURN(const DecoderUtterance utterance, transcriber.decoder().begin_utterance(speech));
  std::vector<std::vector<TokenId>> texts;
  for (const SentenceScore& score : scores) {
    texts.push_back(
        transcriber.vocabulary().text_to_tokens(as_written(sentences[score.sentence].text)));
  }
  for (std::size_t first = 0; first < texts.size(); first += kBatch) {
    RETURN_IF_ERROR(deadline.check());
    const std::size_t count = std::min(kBatch, texts.size() - first);
    ASSIGN_OR_RETURN(const auto log_probs,
                     utterance.score_texts(std::span(texts).subspan(first, count)));
    for (std::size_t i = 0; i < count; ++i) {
      SentenceScore& score = scores[first + i];
      score.tokens = log_probs[i].size();
      score.decoder = std::accumulate(log_probs[i].begin(), log_probs[i].end(), 0.0F);
    }
  }
  return {};
}

Status add_alignment_scores(const Posteriors& posteriors, std::span<const ChoiceSentence> sentences,
                            const Deadline& deadline, std::vector<SentenceScore>& scores) {
  for (SentenceScore& score : scores) {
    RETURN_IF_ERROR(deadline.check());
    const TextVariants variants = text_variants(sentences[score.sentence].pronunciations);
    score.alignment = find_alignment_path(posteriors, variants).log_score;
  }
  return {};
}

}  // namespace

float joint_score(const SentenceScore& score) {
  return score.decoder + kAlignmentWeight * score.alignment;
}

Result<SentenceScores> score_sentences(const Transcriber& transcriber, const HeardSpeech& speech,
                                       std::span<const ChoiceSentence> sentences,
                                       const Deadline& deadline) {
  SentenceScores result;
  result.sentences = nearest_sentences(*speech.posteriors, sentences);
  RETURN_IF_ERROR(add_decoder_scores(transcriber, joined(speech.chunks), sentences, deadline,
                                     result.sentences));
  RETURN_IF_ERROR(add_alignment_scores(*speech.posteriors, sentences, deadline, result.sentences));
  std::stable_sort(result.sentences.begin(), result.sentences.end(),
                   [](const SentenceScore& a, const SentenceScore& b) {
                     return joint_score(a) > joint_score(b);
                   });
  constexpr float kPhoneCost = 0;
  const std::vector<float> emissions =
      phone_loop_emissions(*speech.posteriors, {0, speech.posteriors->frame_count()}, kPhoneCost);
  result.any_phones = std::accumulate(emissions.begin(), emissions.end(), 0.0F);
  return result;
}

}  // namespace saywell
