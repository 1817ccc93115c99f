// `saywell features`: the input of training, computed by the code that scores, and its schema.
#include <boost/json.hpp>
#include <cstdio>
#include <fstream>
#include <iostream>

#include "acoustic/speech_chunks.h"
#include "assess/analysis.h"
#include "base/status_macros.h"
#include "cli/command.h"
#include "cli/model_dir.h"
#include "format/envelope_json.h"
#include "score/feature_schema.h"
#include "score/gap_features.h"
#include "score/scorer_inputs.h"

namespace saywell::cli {
namespace {

namespace json = boost::json;

struct FeaturesOptions {
  std::string list;
  std::string output;
  std::string kind = "embeddings";
  bool schema = false;
};

struct ListLine {
  std::string id;
  std::string audio;
  std::string ref_text;
  std::vector<std::vector<std::string>> phones;
};

Result<ListLine> parse_line(const std::string& line) {
  try {
    const json::object object = json::parse(line).as_object();
    ListLine parsed;
    parsed.id = object.at("id").as_string().c_str();
    parsed.audio = object.at("audio").as_string().c_str();
    if (object.contains("refText")) parsed.ref_text = object.at("refText").as_string().c_str();
    if (object.contains("phones"))
      parsed.phones = json::value_to<decltype(parsed.phones)>(object.at("phones"));
    return parsed;
  } catch (const std::exception& error) {
    return Status(Code::kBadParameter,
                  "not a line {\"id\",\"audio\",…}: " + std::string(error.what()));
  }
}

// Features of one recording and the JSON line that describes them.
struct Features {
  std::vector<float> values;
  json::object description;
};

// The stages up to the encoder, without a phone head, which is trained on their output.
class EmbeddingsMaker {
 public:
  static Result<EmbeddingsMaker> load(const std::string& model_dir) {
    ASSIGN_OR_RETURN(VadModel vad, VadModel::load(model_dir));
    ASSIGN_OR_RETURN(Encoder encoder, Encoder::load(model_dir));
    return EmbeddingsMaker(std::move(vad), std::move(encoder));
  }

  Result<Features> make(const ListLine& line) const {
    ASSIGN_OR_RETURN(const Recording recording, media_file_to_pcm(line.audio));
    const auto probabilities = pcm_to_speech_probabilities(vad_, recording.samples);
    if (!probabilities.ok()) return probabilities.status();
    const auto speech = probabilities_to_regions(*probabilities, recording.duration_s());
    const auto chunks = regions_to_chunks(speech, recording.samples.size());
    const auto embeddings = encoder_.pcm_to_embeddings(recording.samples, chunks);
    if (!embeddings.ok()) return embeddings.status();
    Features features;
    json::array spans;
    for (const Embeddings& chunk : *embeddings) {
      features.values.insert(features.values.end(), chunk.values.begin(), chunk.values.end());
      spans.push_back(json::array{chunk.first_frame, chunk.frame_count});
    }
    features.description["chunks"] = spans;
    return features;
  }

 private:
  EmbeddingsMaker(VadModel vad, Encoder encoder)
      : vad_(std::move(vad)), encoder_(std::move(encoder)) {}
  VadModel vad_;
  Encoder encoder_;
};

// The whole analysis, as the scorer sees it.
Result<Features> make_scorer_features(const Analyser& analyser, const ListLine& line) {
  ASSIGN_OR_RETURN(const Recording recording, media_file_to_pcm(line.audio));
  const TextFrontEnd& front_end = analyser.text_front_end();
  ASSIGN_OR_RETURN(const ReferenceText text,
                   line.phones.empty()
                       ? front_end.text_to_pronunciations(line.ref_text)
                       : front_end.text_with_given_phones(line.ref_text, line.phones));
  ASSIGN_OR_RETURN(const Analysis analysis, analyser.analyse(recording, text));
  const ScorerInputs inputs =
      make_scorer_inputs(analysis.alignment, analysis.embeddings, analysis.posteriors,
                         analysis.prosody, 0, analysis.alignment.token_count());
  Features features;
  features.values = inputs.phone_features;
  const std::vector<float> gaps = make_gap_features(analysis.alignment, analysis.embeddings,
                                                    analysis.posteriors, inputs.word_tokens);
  features.values.insert(features.values.end(), gaps.begin(), gaps.end());
  features.description["phones"] = json::value_from(inputs.phone_ids);
  features.description["indices"] = json::value_from(inputs.phone_indices);
  features.description["words"] = json::value_from(inputs.phone_words);
  features.description["tokens"] = json::value_from(inputs.word_tokens);
  features.description["reading"] = json::value_from(inputs.reading_features);
  features.description["schema"] = feature_schema_hash();
  return features;
}

using MakeFeatures = std::function<Result<Features>(const ListLine&)>;

// Appends each recording's features to PREFIX.f32 and its line to PREFIX.jsonl; a recording that
// fails has a line with its error and no features.
int write_features(const FeaturesOptions& options, const MakeFeatures& make) {
  std::ifstream list(options.list);
  std::ofstream values(options.output + ".f32", std::ios::binary);
  std::ofstream lines(options.output + ".jsonl");
  if (!list)
    return report(Status(Code::kFileMissing, "the list '" + options.list + "' cannot be opened"));
  std::size_t written = 0;
  for (std::string text; std::getline(list, text);) {
    const Result<ListLine> line = parse_line(text);
    if (!line.ok()) return report(line.status());
    Result<Features> features = make(*line);
    if (!features.ok()) {
      json::object refused{{"id", line->id}};
      add_status(refused, features.status());
      lines << refused << '\n';
      continue;
    }
    features->description["id"] = line->id;
    features->description["offset"] = written;
    written += features->values.size();
    values.write(reinterpret_cast<const char*>(features->values.data()),
                 static_cast<std::streamsize>(features->values.size() * sizeof(float)));
    lines << features->description << '\n';
  }
  values.flush();
  lines.flush();
  if (!values || !lines) {
    return report(Status(Code::kFileUnreadable, "'" + options.output + ".*' cannot be written"));
  }
  return kDone;
}

int run_features(const FeaturesOptions& options, const std::string& model_dir) {
  if (options.schema) {
    std::cout << feature_schema_json();
    return kDone;
  }
  if (options.kind == "embeddings") {
    const Result<EmbeddingsMaker> maker = EmbeddingsMaker::load(model_dir);
    if (!maker.ok()) return report(maker.status());
    return write_features(options, [&](const ListLine& line) { return maker->make(line); });
  }
  const Result<Analyser> analyser = Analyser::load(model_dir);
  if (!analyser.ok()) return report(analyser.status());
  return write_features(
      options, [&](const ListLine& line) { return make_scorer_features(*analyser, line); });
}

}  // namespace

Command add_features_command(OptionSet program, const GlobalOptions& globals) {
  auto options = std::make_shared<FeaturesOptions>();
  OptionSet app = program.add_subcommand(
      "features", "Write the input of training, computed by the code that scores");
  OptionSet input = app.add_group("Input", "What to compute features of, or --schema");
  input.require_one_option();
  input.add_flag("--schema", options->schema,
                 "Only print the names, sizes, scales and sources of the features");
  Option list = input.add_option("LIST", options->list,
                                 "JSON Lines {\"id\",\"audio\"[,\"refText\",\"phones\"]}");
  list.needs(
      app.add_option("--output", options->output,
                     "Prefix of PREFIX.f32 (features) and PREFIX.jsonl (their description)"));
  app.add_option("--kind", options->kind,
                 "embeddings (for the phone head) or scorer (needs a phone head)")
      .one_of({"embeddings", "scorer"});
  app.footer("Example:\n  saywell features list.jsonl --output work/fold1 --kind scorer");
  return {app, [options, &globals] { return run_features(*options, resolve_model_dir(globals)); }};
}

}  // namespace saywell::cli
