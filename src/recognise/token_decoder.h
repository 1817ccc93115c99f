// Embeddings to the probabilities of tokens: the decoder of Moonshine base (MIT), whose encoder
// makes the embeddings.
//
// The model's two branches are loaded as models of their own (onnx/onnx_branch.h): of the one for
// the first step only the keys and values of the cross attention, computed once per utterance; of
// the other one all of a step, with its last layer, which the file holds as 54 MB of floats to be
// made anew in every step, computed in integers as the other layers are.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "acoustic/pcm_to_embeddings.h"
#include "onnx/onnx_session.h"
#include "recognise/beam_search.h"

namespace saywell {

class TokenDecoder;

// One stretch of speech on its way through the decoder: what it knows of the speech, and of the
// hypotheses of the last step. One thread at a time; `decoder` must outlive it.
class DecoderUtterance : public NextTokens {
 public:
  Result<std::span<const float>> next(std::span<const BeamRow> rows) override;
  std::size_t vocabulary_size() const override;

  // The log probability of every token of each of `texts` and of the end behind it, in one run
  // without a search.
  Result<std::vector<std::vector<float>>> score_texts(
      std::span<const std::vector<TokenId>> texts) const;

 private:
  friend class TokenDecoder;
  DecoderUtterance(const TokenDecoder& decoder, std::vector<OnnxValue> cross);

  const TokenDecoder* decoder_;
  std::vector<OnnxValue> cross_;  // keys and values of the cross attention, layer by layer
  std::vector<OnnxValue> past_;   // the same of the self attention, a row per hypothesis
  std::vector<float> log_probs_;
};

// Thread-safe; loaded once. Takes about 100 MB.
class TokenDecoder {
 public:
  // Reads moonshine_base_decoder.onnx and, for the norm behind the encoder's last layer, its file.
  // Code 40051 naming the file when one is missing or another model.
  static Result<TokenDecoder> load(const std::string& model_dir);

  // REQUIRES: `embeddings` has frames. Code 500 when the runtime fails.
  Result<DecoderUtterance> begin_utterance(const Embeddings& embeddings) const;

 private:
  friend class DecoderUtterance;
  TokenDecoder(OnnxSession cross, OnnxSession step, std::vector<float> norm);
  std::vector<float> encoder_output(const Embeddings& embeddings) const;
  Result<std::vector<OnnxValue>> step(const OnnxValue& tokens, std::span<const OnnxValue> cross,
                                      std::span<const OnnxValue> past) const;

  OnnxSession cross_, step_;
  std::vector<float> norm_;  // the weights of the norm behind the encoder's last layer
};

}  // namespace saywell
