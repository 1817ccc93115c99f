// Embeddings to a transcript: the room's whole work in one call.
#pragma once

#include <memory>
#include <span>
#include <string>

#include "acoustic/embeddings_to_posteriors.h"
#include "acoustic/pcm_to_embeddings.h"
#include "base/deadline.h"
#include "recognise/token_decoder.h"
#include "saywell/transcript.h"
#include "text/text_front_end.h"

namespace saywell {

// A recording after the encoder and the phone head: one Embeddings per stretch of speech between
// two pauses, and the posteriors of all of them.
struct HeardSpeech {
  std::span<const Embeddings> chunks;
  const Posteriors* posteriors;
};

// Thread-safe; loaded once. Takes about 100 MB.
class Transcriber {
 public:
  // Code 40051 naming the file that is missing or wrong. `text` gives words their phones.
  static Result<Transcriber> load(const std::string& model_dir, TextFrontEnd text);

  // Every stretch is decoded by itself, greedily, and again by a beam where that got lost or was
  // unsure. A text that is then no more probable than those that noise and music bring about is
  // dropped. Word times are those of the phone alignment. 503 once the deadline has passed, which
  // is checked before every step of the decoder; 500 when the runtime fails.
  Result<Transcript> transcribe(const HeardSpeech& speech, const Deadline& deadline = {}) const;

  const TokenDecoder& decoder() const { return *decoder_; }
  const TokenVocabulary& vocabulary() const { return *vocabulary_; }

 private:
  Transcriber(TokenDecoder decoder, TokenVocabulary vocabulary, TextFrontEnd text);
  Result<Hypothesis> decode(const Embeddings& chunk, const Deadline& deadline) const;
  Result<Transcript> transcribe_chunk(const Embeddings& chunk, const Posteriors& posteriors,
                                      const Deadline& deadline) const;

  std::unique_ptr<const TokenDecoder> decoder_;
  std::unique_ptr<const TokenVocabulary> vocabulary_;
  TextFrontEnd text_;
};

}  // namespace saywell
