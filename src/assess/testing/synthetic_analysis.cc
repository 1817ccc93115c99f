#include "assess/testing/synthetic_analysis.h"

#include <utility>

#include "align/testing/synthetic_alignment.h"
#include "score/testing/synthetic_reading.h"

namespace saywell {

Analysis synthetic_analysis(std::string_view heard, std::string_view tokens,
                            const std::vector<PathEvent>& events) {
  SyntheticReading reading = synthetic_reading(heard, tokens, events);
  Analysis analysis;
  const double end_s = reading.posteriors.middle_s(reading.posteriors.frame_count() - 1);
  analysis.speech = {{0, end_s}};
  analysis.speech_probabilities.assign(static_cast<std::size_t>(end_s / kVadWindowS) + 1, 1.0F);
  analysis.quality.has_speech = true;
  analysis.quality.digital_silence = false;
  analysis.quality.speech_level_dbfs = -20;
  analysis.quality.snr_db = 40;
  analysis.posteriors = std::move(reading.posteriors);
  analysis.embeddings.push_back(std::move(reading.embeddings));
  analysis.prosody = std::move(reading.prosody);
  analysis.alignment = std::move(reading.alignment);
  return analysis;
}

ReferenceText synthetic_reference(std::string_view words, std::string_view tokens) {
  ReferenceText text;
  std::size_t begin = 0;
  for (const std::vector<TokenVariant>& variants : synthetic_text(tokens)) {
    const std::size_t end = std::min(words.find(' ', begin), words.size());
    Token token;
    token.display = words.substr(begin, end - begin);
    token.begin = begin;
    token.end = end;
    token.readings = {
        {SpokenWord{token.display, {{variants[0].phones, variants[0].stress}}, true}}};
    text.tokens.push_back(std::move(token));
    begin = end + 1;
  }
  text.tokens.back().sentence_end = true;
  return text;
}

TextMiscueProbabilities everything_read(std::size_t tokens) {
  return {std::vector<WordMiscues>(tokens), std::vector<double>(tokens + 1, 0.01)};
}

}  // namespace saywell
