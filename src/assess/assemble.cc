#include "assess/assemble.h"

#include <algorithm>
#include <cmath>

#include "assess/delivery.h"
#include "assess/phone_diagnosis.h"

namespace saywell {
namespace {

constexpr double kLowIntegrity = 80;

TimeSpanMs to_ms(const Posteriors& posteriors, FrameSpan frames) {
  const TimeRegion time = posteriors.time_of(frames);
  return {time.start_s * 1000, time.end_s * 1000};
}

std::vector<PhoneGuess> guesses_of(const std::vector<DecodedPhone>& phones) {
  std::vector<PhoneGuess> guesses;
  for (const DecodedPhone& phone : phones)
    guesses.push_back({std::string(phone_lower(phone.phone)), phone.probability});
  return guesses;
}

std::string spell(const std::vector<PhoneGuess>& phones) {
  std::string text;
  for (const PhoneGuess& phone : phones) text += (text.empty() ? "" : " ") + phone.phone;
  return text;
}

// The experts' word stress, times 10, of words that were not heard: they mark down wrong stress,
// and there was nothing to stress.
constexpr double kUnheardStress = 90;

// A word accuracy, 0–100, below which a word reported as omitted counts as nothing.
constexpr double kWorthless = 30;

class Assembler {
 public:
  Assembler(const Analysis& analysis, const ReferenceText& text, std::string_view ref_text,
            const Miscues& miscues)
      : analysis_(analysis), text_(text), ref_text_(ref_text), miscues_(miscues) {}

  Assessment assemble(const std::vector<ScoredPart>& parts) {
    list_words();
    for (const ScoredPart& part : parts) fill_scores(part);
    add_delivery(analysis_, text_, ref_text_, assessment_.words);
    for (const ScoredPart& part : parts) assessment_.sentences.push_back(sentence_of(part));
    assessment_.scores = whole_scores();
    list_extra();
    describe_audio();
    return std::move(assessment_);
  }

 private:
  const Alignment& alignment() const { return analysis_.alignment; }

  void list_words() {
    for (std::size_t t = 0; t < text_.tokens.size(); ++t) {
      const Token& token = text_.tokens[t];
      const TokenVariant& variant = alignment().variant(t);
      WordResult word;
      word.text = token.display;
      for (const SpokenWord& spoken : token.readings[variant.reading])
        word.spoken.push_back(spoken.text);
      word.miscue = miscues_.tokens[t].miscue;
      word.sentence_end = token.sentence_end;
      if (const auto phones = alignment().phones(t); !phones.empty()) {
        word.time =
            to_ms(analysis_.posteriors, {phones.front().frames.begin, phones.back().frames.end});
      } else {
        word.stress_score = kUnheardStress;
        if (word.miscue == Miscue::kSubstitution)
          word.time = to_ms(analysis_.posteriors, miscues_.tokens[t].frames);
      }
      word.heard_instead = guesses_of(miscues_.tokens[t].said_instead);
      for (std::size_t p = 0; p < variant.phones.size(); ++p)
        word.phones.push_back(unread_phone(variant.phones[p], variant.stress[p]));
      assessment_.words.push_back(std::move(word));
    }
  }

  void fill_scores(const ScoredPart& part) {
    if (!part.read) return;
    for (std::size_t i = 0; i < part.inputs.phone_indices.size(); ++i) {
      const std::size_t token = part.inputs.word_tokens[part.inputs.phone_words[i]];
      const std::size_t place = part.inputs.phone_indices[i] - alignment().first_phone(token);
      const AlignedPhone& phone = alignment().phones(token)[place];
      PhoneResult result = diagnose_phone(phone, part.scores.phones[i]);
      if (result.error != PhoneError::kLeftOut)
        result.time = to_ms(analysis_.posteriors, phone.frames);
      assessment_.words[token].phones[place] = std::move(result);
    }
    for (const std::size_t token : part.inputs.word_tokens)
      span_of_phones(assessment_.words[token]);
    for (std::size_t w = 0; w < part.inputs.word_tokens.size(); ++w) {
      WordResult& word = assessment_.words[part.inputs.word_tokens[w]];
      word.score = part.scores.words[w].accuracy;
      word.total = part.scores.words[w].total;
      word.stress_score = part.scores.words[w].stress;
    }
  }

  // A word begins with the first of its phones that was said, and ends with the last.
  static void span_of_phones(WordResult& word) {
    std::optional<TimeSpanMs> span;
    for (const PhoneResult& phone : word.phones) {
      if (!phone.time) continue;
      if (!span) span = phone.time;
      span->end_ms = phone.time->end_ms;
    }
    if (span) word.time = span;
  }

  // Share of the part's phones that were read, 0–1.
  double read_share(TextPart part) const {
    double read = 0, all = 0;
    for (std::size_t t = part.first_token; t < part.end_token; ++t) {
      const double phones = static_cast<double>(assessment_.words[t].phones.size());
      all += phones;
      if (alignment().is_matched(t)) read += phones;
    }
    return all > 0 ? read / all : 0;
  }

  SentenceResult sentence_of(const ScoredPart& part) const {
    SentenceResult sentence;
    sentence.first_word = part.part.first_token;
    sentence.end_word = part.part.end_token;
    for (std::size_t t = sentence.first_word; t < sentence.end_word; ++t) {
      const auto& time = assessment_.words[t].time;
      if (!time) continue;
      if (!sentence.time) sentence.time = *time;
      sentence.time->end_ms = std::max(sentence.time->end_ms, time->end_ms);
    }
    const double share = read_share(part.part);
    ReadingScores& scores = sentence.scores;
    scores.integrity = 100 * share;
    if (part.read) {
      const SentenceScores& given = part.scores.sentence;
      scores.overall = given.total * share;
      scores.accuracy = given.accuracy;
      scores.pron = given.accuracy * share;
      scores.fluency.overall = given.fluency;
      if (analysis_.prosody.median_f0_hz > 0) scores.rhythm = RhythmResult{given.prosodic, 0, 0, 0};
    }
    rate_delivery(assessment_.words, sentence.first_word, sentence.end_word, scores);
    return sentence;
  }

  // The mean of the sentences, weighed by their words.
  ReadingScores whole_scores() const {
    if (assessment_.sentences.size() == 1) return assessment_.sentences.front().scores;
    ReadingScores whole;
    double words = 0, read_words = 0;
    RhythmResult rhythm;
    for (const SentenceResult& sentence : assessment_.sentences) {
      const double weight = static_cast<double>(sentence.end_word - sentence.first_word);
      const double read = weight * sentence.scores.integrity / 100;
      words += weight;
      read_words += read;
      whole.overall += weight * sentence.scores.overall;
      whole.pron += weight * sentence.scores.pron;
      whole.integrity += weight * sentence.scores.integrity;
      whole.accuracy += read * sentence.scores.accuracy;
      whole.fluency.overall += read * sentence.scores.fluency.overall;
      if (sentence.scores.rhythm) rhythm.overall += read * sentence.scores.rhythm->overall;
    }
    whole.overall /= words;
    whole.pron /= words;
    whole.integrity /= words;
    whole.accuracy /= std::max(read_words, 1e-9);
    whole.fluency.overall /= std::max(read_words, 1e-9);
    rhythm.overall /= std::max(read_words, 1e-9);
    if (analysis_.prosody.median_f0_hz > 0) whole.rhythm = rhythm;
    rate_delivery(assessment_.words, 0, assessment_.words.size(), whole);
    return whole;
  }

  void list_extra() {
    for (const ExtraEvent& event : miscues_.extra) {
      ExtraSpeech extra;
      extra.kind = event.kind;
      extra.after = event.after;
      extra.time = to_ms(analysis_.posteriors, event.frames);
      extra.phones = guesses_of(event.phones);
      extra.text = event.attempted_token ? text_.tokens[*event.attempted_token].display
                                         : spell(extra.phones);
      assessment_.extra.push_back(std::move(extra));
    }
  }

  void describe_audio() {
    const QualityReport& quality = analysis_.quality;
    AudioInfo& audio = assessment_.audio;
    audio.volume_dbfs = quality.speech_level_dbfs;
    audio.lufs = quality.lufs;
    audio.clipped_share = quality.clipped_share;
    audio.snr_db = quality.snr_db;
    audio.tip_id = tip_of_audio();
  }

  int tip_of_audio() const {
    switch (analysis_.audio_status.code()) {
      case Code::kTooQuiet:
        return 90003;
      case Code::kClipped:
      case Code::kTooLoud:
        return 90004;
      case Code::kLowSnr:
      case Code::kNoF0:
      case Code::kNoVoicedSegment:
        return 90005;
      default:
        break;
    }
    if (assessment_.scores.integrity < kLowIntegrity) return 90001;
    return mostly_silence() ? 90002 : 0;
  }

  bool mostly_silence() const {
    double speech_s = 0;
    for (const TimeRegion& region : analysis_.speech) speech_s += region.duration_s();
    const double audio_s = static_cast<double>(analysis_.speech_probabilities.size()) * kVadWindowS;
    return speech_s < 0.15 * audio_s;
  }

  const Analysis& analysis_;
  const ReferenceText& text_;
  std::string_view ref_text_;
  const Miscues& miscues_;
  Assessment assessment_;
};

}  // namespace

Assessment assemble_assessment(const Analysis& analysis, const ReferenceText& text,
                               std::string_view ref_text, const Miscues& miscues,
                               const std::vector<ScoredPart>& parts) {
  return Assembler(analysis, text, ref_text, miscues).assemble(parts);
}

void score_doubtful_words(const std::vector<ScoredPart>& first_parts,
                          std::vector<WordResult>& words) {
  for (const ScoredPart& part : first_parts) {
    for (std::size_t w = 0; w < part.scores.words.size(); ++w) {
      WordResult& word = words[part.inputs.word_tokens[w]];
      const WordScores& scores = part.scores.words[w];
      if (word.miscue != Miscue::kOmission || scores.accuracy < kWorthless) continue;
      word.score = scores.accuracy;
      word.total = scores.total;
      word.stress_score = scores.stress;
      std::vector<double> phones;
      for (std::size_t i = 0; i < part.scores.phones.size(); ++i) {
        if (part.inputs.phone_words[i] == w) phones.push_back(part.scores.phones[i]);
      }
      if (phones.size() != word.phones.size()) continue;  // another pronunciation
      for (std::size_t p = 0; p < phones.size(); ++p) word.phones[p].score = phones[p];
    }
  }
}

}  // namespace saywell
