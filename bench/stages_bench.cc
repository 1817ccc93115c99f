// The cost of each stage of an assessment, on one recording of native speech, one thread.
//
// The counter "x_real_time" is audio over processor time. Models are those of SAYWELL_MODEL_DIR
// (environment), else of the build; the recording is Debian's pocketsphinx-testdata.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <iostream>

#include "acoustic/embeddings_to_posteriors.h"
#include "acoustic/pcm_to_embeddings.h"
#include "acoustic/speech_chunks.h"
#include "align/align_text.h"
#include "assess/miscues.h"
#include "audio/media_to_pcm.h"
#include "score/gap_features.h"
#include "score/miscue_classifier.h"
#include "score/prosody.h"
#include "score/scorer.h"
#include "score/scorer_inputs.h"
#include "signal/f0.h"
#include "signal/quality.h"
#include "signal/vad.h"
#include "text/text_front_end.h"

namespace saywell {
namespace {

constexpr char kRecording[] =
    "/usr/share/pocketsphinx/test/data/librivox/sense_and_sensibility_01_austen_64kb-0890.wav";
constexpr char kText[] =
    "Unless to be rather cold-hearted and rather selfish is to be ill-disposed.";

std::string model_dir() {
  const char* from_environment = std::getenv("SAYWELL_MODEL_DIR");
  return from_environment != nullptr ? from_environment : SAYWELL_MODEL_DIR;
}

// A benchmark cannot continue without its data.
template <typename T>
T need(Result<T> result) {
  if (result.ok()) return *std::move(result);
  std::cerr << "stages_bench: " << result.status().message() << '\n';
  std::exit(3);
}

// The output of every stage, which is the input of the next.
struct Stages {
  std::string models = model_dir();
  VadModel vad = need(VadModel::load(models));
  Encoder encoder = need(Encoder::load(models));
  PhoneHead phone_head = need(PhoneHead::load(models));
  MiscueClassifier classifier = need(MiscueClassifier::load(models));
  Scorer scorer = need(Scorer::load(models));
  TextFrontEnd text_front_end = need(TextFrontEnd::load(models));

  Recording recording = need(media_file_to_pcm(kRecording));
  std::vector<TimeRegion> speech = probabilities_to_regions(
      need(pcm_to_speech_probabilities(vad, recording.samples)), recording.duration_s());
  QualityReport quality = measure_quality(recording.samples, speech, recording.clipped_share);
  Prosody prosody = measure_prosody(recording.samples, need(pcm_to_f0(recording.samples)),
                                    quality.speech_level_dbfs);
  std::vector<SpeechChunk> chunks = regions_to_chunks(speech, recording.samples.size());
  std::vector<Embeddings> embeddings = need(encoder.pcm_to_embeddings(recording.samples, chunks));
  Posteriors posteriors = need(phone_head.embeddings_to_posteriors(embeddings));
  ReferenceText text = need(text_front_end.text_to_pronunciations(kText));
  Alignment alignment = need(align_text(posteriors, text));

  ScorerInputs inputs() const {
    return make_scorer_inputs(alignment, embeddings, posteriors, prosody, 0,
                              alignment.token_count());
  }

  TextMiscueProbabilities miscue_probabilities() const {
    ScoredPart part;
    part.part = {0, alignment.token_count()};
    part.inputs = inputs();
    std::vector<float> gaps =
        make_gap_features(alignment, embeddings, posteriors, part.inputs.word_tokens);
    part.miscues = need(classifier.classify(part.inputs, std::move(gaps)));
    return join_miscue_probabilities({part}, alignment.token_count());
  }
};

const Stages& stages() {
  static const Stages loaded;
  return loaded;
}

using Work = void (*)(const Stages&);

void measure(benchmark::State& state, Work work) {
  const Stages& loaded = stages();
  for (auto _ : state) work(loaded);
  state.counters["x_real_time"] =
      benchmark::Counter(loaded.recording.duration_s() * static_cast<double>(state.iterations()),
                         benchmark::Counter::kIsRate);
}

void decode(const Stages&) { benchmark::DoNotOptimize(media_file_to_pcm(kRecording)); }

void vad(const Stages& s) {
  benchmark::DoNotOptimize(pcm_to_speech_probabilities(s.vad, s.recording.samples));
}

void quality(const Stages& s) {
  benchmark::DoNotOptimize(
      measure_quality(s.recording.samples, s.speech, s.recording.clipped_share));
}

void f0(const Stages& s) { benchmark::DoNotOptimize(pcm_to_f0(s.recording.samples)); }

void text(const Stages& s) {
  benchmark::DoNotOptimize(s.text_front_end.text_to_pronunciations(kText));
}

void encode(const Stages& s) {
  benchmark::DoNotOptimize(s.encoder.pcm_to_embeddings(s.recording.samples, s.chunks));
}

void phone_head(const Stages& s) {
  benchmark::DoNotOptimize(s.phone_head.embeddings_to_posteriors(s.embeddings));
}

void align(const Stages& s) { benchmark::DoNotOptimize(align_text(s.posteriors, s.text)); }

// The classifier of miscues with its inputs, and what follows from its probabilities.
void miscues(const Stages& s) {
  benchmark::DoNotOptimize(find_miscues(s.posteriors, s.alignment, s.miscue_probabilities()));
}

void score(const Stages& s) { benchmark::DoNotOptimize(s.scorer.score(s.inputs())); }

BENCHMARK_CAPTURE(measure, decode, decode)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(measure, vad, vad)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(measure, quality, quality)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(measure, f0, f0)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(measure, text, text)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(measure, encode, encode)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(measure, phone_head, phone_head)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(measure, align, align)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(measure, miscues, miscues)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(measure, score, score)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace saywell

BENCHMARK_MAIN();
