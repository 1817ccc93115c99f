#include "format/result_json.h"

#include <boost/json/array.hpp>
#include <cmath>
#include <span>
#include <string>
#include <utility>

#include "format/word_json.h"

namespace saywell {
namespace {

using boost::json::array;
using boost::json::object;

double to_tenths(double value) { return std::round(value * 10) / 10; }

object reading_json(const ReadingScores& scores, const Presentation& presentation) {
  const auto shown = [&](double score) { return shown_score(score, presentation); };
  object json{{"overall", shown(scores.overall)},
              {"pron", shown(scores.pron)},
              {"accuracy", shown(scores.accuracy)},
              {"integrity", shown(scores.integrity)},
              {"fluency", object{{"overall", shown(scores.fluency.overall)},
                                 {"pause", shown(scores.fluency.pause)},
                                 {"speed", to_tenths(scores.fluency.speed)}}},
              {"rhythm", nullptr}};
  if (const auto& rhythm = scores.rhythm) {
    json["rhythm"] = object{{"overall", shown(rhythm->overall)},
                            {"stress", shown(rhythm->stress)},
                            {"sense", shown(rhythm->sense)},
                            {"tone", shown(rhythm->tone)}};
  }
  return json;
}

array word_details(std::span<const WordResult> words, const Presentation& presentation,
                   bool with_syllables) {
  array details;
  for (const WordResult& word : words) {
    object json = word_score_json(word, presentation);
    if (with_syllables) json["stress"] = syllable_stress_json(word, presentation);
    details.push_back(std::move(json));
  }
  return details;
}

array sentence_details(const Assessment& assessment, const Presentation& presentation) {
  array details;
  for (const SentenceResult& sentence : assessment.sentences) {
    const std::span<const WordResult> words =
        std::span(assessment.words)
            .subspan(sentence.first_word, sentence.end_word - sentence.first_word);
    std::string text;
    for (const WordResult& word : words) text += (text.empty() ? "" : " ") + word.text;
    object json{{"char", std::move(text)},
                {"score", shown_score(sentence.scores.overall, presentation)}};
    add_times(json, sentence.time);
    for (auto& [name, value] : reading_json(sentence.scores, presentation)) {
      if (name != "overall") json[name] = std::move(value);
    }
    json["snt_details"] = word_details(words, presentation, false);
    details.push_back(std::move(json));
  }
  return details;
}

object info_json(const AudioInfo& audio) {
  object json{{"volume", to_tenths(audio.volume_dbfs)},
              {"lufs", nullptr},
              {"clip", std::round(audio.clipped_share * 10'000) / 10'000},
              {"snr", to_tenths(audio.snr_db)},
              {"tipId", audio.tip_id}};
  if (audio.lufs) json["lufs"] = to_tenths(*audio.lufs);
  return json;
}

void add_words(object& json, const Assessment& assessment, const Presentation& presentation) {
  if (assessment.core_type.ends_with(".pron")) {
    json["details"] = pron_details_json(assessment, presentation);
    return;
  }
  json["details"] =
      assessment.core_type == "en.pred.score"
          ? sentence_details(assessment, presentation)
          : word_details(assessment.words, presentation, assessment.core_type == "en.word.score");
  json["extra"] = extra_json(assessment.extra, presentation);
  json["statics"] = phone_statistics_json(assessment.words, presentation);
}

}  // namespace

object partial_result_to_json(const Assessment& assessment, std::size_t words,
                              const Presentation& presentation) {
  const std::span<const WordResult> read = std::span(assessment.words).first(words);
  return {{"details", word_details(read, presentation, false)},
          {"version", SAYWELL_VERSION},
          {"res", assessment.model},
          {"rank", presentation.rank},
          {"wavetime", shown_ms(assessment.audio_ms)},
          {"systime", shown_ms(assessment.computing_ms)}};
}

object result_to_json(const Assessment& assessment, const Presentation& presentation,
                      const ResultTiming& timing) {
  object json = reading_json(assessment.scores, presentation);
  add_words(json, assessment, presentation);
  json["info"] = info_json(assessment.audio);
  json["version"] = SAYWELL_VERSION;
  json["res"] = assessment.model;
  json["rank"] = presentation.rank;
  json["wavetime"] = shown_ms(assessment.audio_ms);
  json["systime"] = shown_ms(assessment.computing_ms);
  json["pretime"] = shown_ms(timing.pretime_ms);
  json["delaytime"] = shown_ms(timing.delay_ms.value_or(assessment.computing_ms));
  return json;
}

}  // namespace saywell
