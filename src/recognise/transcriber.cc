#include "recognise/transcriber.h"

#include <algorithm>
#include <numeric>

#include "base/status_macros.h"
#include "recognise/decoded_words.h"
#include "recognise/word_confidence.h"
#include "recognise/word_times.h"

namespace saywell {
namespace {

// Nobody says more tokens in a second; the model's authors allow six.
constexpr double kMaxTokensPerS = 8;
constexpr std::size_t kFewTokens = 8;

// Mean log probability per token: what is below the first is decoded again by a beam, what is still
// below the second is no more probable than what noise and music bring about.
constexpr float kSureLogProb = -0.35F, kLeastLogProb = -1.6F;
constexpr std::size_t kBeamWidth = 4;

// The tokens of `text` with the punctuation around them: blanks between two tokens part them, and
// where there is none what is between them belongs to the first.
std::vector<std::string> shown_words(const std::string& written, const ReferenceText& text) {
  std::vector<std::string> shown;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.tokens.size(); ++i) {
    const bool last = i + 1 == text.tokens.size();
    const std::size_t next = last ? written.size() : text.tokens[i + 1].begin;
    const std::size_t end = last ? next : std::min(written.find(' ', text.tokens[i].end), next);
    shown.push_back(written.substr(begin, end - begin));
    begin = end + (end < next && written[end] == ' ' ? 1 : 0);
  }
  return shown;
}

// Words of `text` in their regions, with the confidence that the decoder allows.
Transcript make_transcript(const DecodedText& decoded, const ReferenceText& text,
                           const std::vector<TimeRegion>& regions, float utterance_mean) {
  Transcript transcript;
  transcript.text = decoded.text();
  const std::vector<std::string> shown = shown_words(decoded.text(), text);
  for (std::size_t i = 0; i < text.tokens.size(); ++i) {
    const Token& token = text.tokens[i];
    const WordEvidence evidence{decoded.lowest_log_prob(token.begin, token.end), utterance_mean};
    transcript.words.push_back({token.display,
                                shown[i],
                                {regions[i].start_s * 1000, regions[i].end_s * 1000},
                                word_confidence(evidence),
                                token.sentence_end,
                                evidence});
  }
  return transcript;
}

// `written` with blanks in the place of tokens that nobody could read aloud ("Hmm", "♪").
std::string without_unreadable_tokens(const TextFrontEnd& front_end, const std::string& written) {
  std::string kept = written;
  const Result<std::vector<WrittenToken>> tokens = split_reference_text(written);
  if (!tokens.ok()) return kept;
  for (const WrittenToken& token : *tokens) {
    if (front_end.text_to_pronunciations(token.display).ok()) continue;
    std::fill(kept.begin() + static_cast<std::ptrdiff_t>(token.begin),
              kept.begin() + static_cast<std::ptrdiff_t>(token.end), ' ');
  }
  return kept;
}

double mean_confidence(const std::vector<TranscriptWord>& words) {
  if (words.empty()) return 0;
  double sum = 0;
  for (const TranscriptWord& word : words) sum += word.confidence;
  return sum / static_cast<double>(words.size());
}

}  // namespace

Transcriber::Transcriber(TokenDecoder decoder, TokenVocabulary vocabulary, TextFrontEnd text)
    : decoder_(std::make_unique<const TokenDecoder>(std::move(decoder))),
      vocabulary_(std::make_unique<const TokenVocabulary>(std::move(vocabulary))),
      text_(std::move(text)) {}

Result<Transcriber> Transcriber::load(const std::string& model_dir, TextFrontEnd text) {
  ASSIGN_OR_RETURN(TokenVocabulary vocabulary, TokenVocabulary::load(model_dir));
  ASSIGN_OR_RETURN(TokenDecoder decoder, TokenDecoder::load(model_dir));
  return Transcriber(std::move(decoder), std::move(vocabulary), std::move(text));
}

// The best hypothesis; one without tokens when nothing was heard.
Result<Hypothesis> Transcriber::decode(const Embeddings& chunk, const Deadline& deadline) const {
  BeamOptions options;
  options.max_tokens =
      kFewTokens +
      static_cast<std::size_t>(static_cast<double>(chunk.frame_count) * kFrameS * kMaxTokensPerS);
  options.allowed = [this](std::span<const TokenId>, TokenId next) {
    return next == kEndToken || vocabulary_->is_text(next);
  };
  ASSIGN_OR_RETURN(DecoderUtterance utterance, decoder_->begin_utterance(chunk));
  ASSIGN_OR_RETURN(std::vector<Hypothesis> found, beam_search(utterance, options, deadline));
  const auto is_lost = [](const Hypothesis& hypothesis) {
    return hypothesis.tokens.empty() || hypothesis.looped || hypothesis.cut_off;
  };
  if (!found.empty() && !is_lost(found.front()) && found.front().mean_log_prob() >= kSureLogProb)
    return found.front();
  options.width = kBeamWidth;
  options.allow_empty = false;
  ASSIGN_OR_RETURN(DecoderUtterance again, decoder_->begin_utterance(chunk));
  ASSIGN_OR_RETURN(std::vector<Hypothesis> wider, beam_search(again, options, deadline));
  std::erase_if(wider, is_lost);
  if (wider.empty()) return Hypothesis{};
  return wider.front();
}

Result<Transcript> Transcriber::transcribe_chunk(const Embeddings& chunk,
                                                 const Posteriors& posteriors,
                                                 const Deadline& deadline) const {
  ASSIGN_OR_RETURN(const Hypothesis hypothesis, decode(chunk, deadline));
  if (hypothesis.tokens.empty() || hypothesis.mean_log_prob() < kLeastLogProb) return Transcript{};
  const DecodedText decoded(*vocabulary_, hypothesis);
  // Numbers become words here; a text with nothing to pronounce is none.
  Result<ReferenceText> text = text_.text_to_pronunciations(decoded.text());
  if (text.status().code() == Code::kUnsupportedWord) {
    text = text_.text_to_pronunciations(without_unreadable_tokens(text_, decoded.text()));
  }
  if (!text.ok()) return Transcript{};
  const Result<std::vector<TimeRegion>> regions = align_words(posteriors, *text);
  // More phones than there was time for: nobody said that.
  if (!regions.ok()) return Transcript{};
  return make_transcript(decoded, *text, *regions, hypothesis.mean_log_prob());
}

Result<Transcript> Transcriber::transcribe(const HeardSpeech& speech,
                                           const Deadline& deadline) const {
  Transcript all;
  for (const Embeddings& chunk : speech.chunks) {
    if (chunk.frame_count == 0) continue;
    RETURN_IF_ERROR(deadline.check());
    const Posteriors posteriors = posteriors_between(*speech.posteriors, chunk.first_frame,
                                                     chunk.first_frame + chunk.frame_count);
    ASSIGN_OR_RETURN(const Transcript part, transcribe_chunk(chunk, posteriors, deadline));
    if (part.words.empty()) continue;
    if (!all.text.empty()) all.text += ' ';
    all.text += part.text;
    all.words.insert(all.words.end(), part.words.begin(), part.words.end());
  }
  all.confidence = mean_confidence(all.words);
  return all;
}

}  // namespace saywell
