#include "saywell/recogniser.h"

#include <exception>
#include <filesystem>
#include <functional>

#include "assess/analysis.h"
#include "base/log.h"
#include "base/status_macros.h"
#include "base/threads/mutex.h"
#include "recognise/grammar.h"
#include "recognise/sentence_choice.h"
#include "recognise/transcriber.h"

namespace saywell {
namespace {

using Decode = std::function<Result<Recording>()>;

Deadline deadline_in(double deadline_ms) {
  if (deadline_ms <= 0) return {};
  return Deadline(Deadline::Clock::now() +
                  std::chrono::microseconds(static_cast<std::int64_t>(deadline_ms * 1000)));
}

// The call's result with nothing thrown out of it, and an incident id in place of the detail of
// what was unforeseen.
template <class Call>
auto guarded(const Call& call) -> decltype(call()) {
  try {
    auto result = call();
    if (!result.ok() && result.status().code() == Code::kInternal) {
      return Status(Code::kInternal, "incident " + log_incident(result.status().detail()));
    }
    return result;
  } catch (const std::exception& error) {
    return Status(Code::kInternal, "incident " + log_incident(error.what()));
  }
}

Result<std::vector<ChoiceSentence>> sentences_of(const SentenceRequest& request,
                                                 const TextFrontEnd& text) {
  if (request.grammar.empty() && request.choices.empty()) {
    return Status(Code::kBadParameter, "grammar", "a grammar or choices must be given");
  }
  if (!request.grammar.empty() && !request.choices.empty()) {
    return Status(Code::kBadParameter, "choices", "a grammar is given too: give one of the two");
  }
  if (request.grammar.empty()) return pronounce_sentences(text, request.choices, "choices");
  ASSIGN_OR_RETURN(const std::vector<std::string> sentences, grammar_to_sentences(request.grammar));
  return pronounce_sentences(text, sentences, "grammar");
}

}  // namespace

struct Recogniser::Impl {
  Analyser analyser;
  std::string model_dir;
  mutable Mutex mutex;
  mutable std::unique_ptr<const Transcriber> loaded SAYWELL_GUARDED_BY(mutex);

  Impl(Analyser all_others, std::string dir)
      : analyser(std::move(all_others)), model_dir(std::move(dir)) {}

  Result<const Transcriber*> transcriber() const {
    const MutexLock lock(mutex);
    if (!loaded) {
      ASSIGN_OR_RETURN(Transcriber transcriber,
                       Transcriber::load(model_dir, analyser.text_front_end()));
      loaded = std::make_unique<const Transcriber>(std::move(transcriber));
    }
    return loaded.get();
  }

  Result<Transcript> transcribe(const Decode& decode, double deadline_ms) const {
    const Deadline deadline = deadline_in(deadline_ms);
    ASSIGN_OR_RETURN(const Recording recording, decode());
    ASSIGN_OR_RETURN(const Analysis heard, analyser.listen(recording, deadline));
    ASSIGN_OR_RETURN(const Transcriber* const model, transcriber());
    ASSIGN_OR_RETURN(Transcript transcript,
                     model->transcribe({heard.embeddings, &heard.posteriors}, deadline));
    if (transcript.words.empty()) {
      return Status(Code::kNoSpeech, "no words were heard in what sounds like speech");
    }
    transcript.audio_ms = recording.duration_s() * 1000;
    return transcript;
  }

  Result<RecognisedSentence> recognise(const Decode& decode, const SentenceRequest& request) const {
    const Deadline deadline = deadline_in(request.deadline_ms);
    ASSIGN_OR_RETURN(const std::vector<ChoiceSentence> sentences,
                     sentences_of(request, analyser.text_front_end()));
    ASSIGN_OR_RETURN(const Recording recording, decode());
    ASSIGN_OR_RETURN(const Analysis heard, analyser.listen(recording, deadline));
    ASSIGN_OR_RETURN(const Transcriber* const model, transcriber());
    return choose_sentence(*model, {heard.embeddings, &heard.posteriors}, sentences, deadline);
  }
};

Recogniser::Recogniser(std::unique_ptr<const Impl> impl) : impl_(std::move(impl)) {}
Recogniser::Recogniser(Recogniser&&) noexcept = default;
Recogniser& Recogniser::operator=(Recogniser&&) noexcept = default;
Recogniser::~Recogniser() = default;

Result<Recogniser> Recogniser::load(const std::string& model_dir) {
  ASSIGN_OR_RETURN(Analyser analyser, Analyser::load(model_dir));
  for (const char* const file : {"/moonshine_base_decoder.onnx", "/llama_tokenizer.js"}) {
    std::error_code error;
    if (std::filesystem::exists(model_dir + file, error)) continue;
    return Status(Code::kKernelUnavailable, "model file '" + model_dir + file + "' is missing");
  }
  return Recogniser(std::make_unique<const Impl>(std::move(analyser), model_dir));
}

Result<Transcript> Recogniser::transcribe_file(const std::string& path, double deadline_ms) const {
  return guarded(
      [&] { return impl_->transcribe([&] { return media_file_to_pcm(path); }, deadline_ms); });
}

Result<Transcript> Recogniser::transcribe_bytes(std::span<const std::byte> recording,
                                                double deadline_ms) const {
  return guarded([&] {
    return impl_->transcribe([&] { return media_bytes_to_pcm(recording); }, deadline_ms);
  });
}

Result<RecognisedSentence> Recogniser::recognise_file(const std::string& path,
                                                      const SentenceRequest& request) const {
  return guarded(
      [&] { return impl_->recognise([&] { return media_file_to_pcm(path); }, request); });
}

Result<RecognisedSentence> Recogniser::recognise_bytes(std::span<const std::byte> recording,
                                                       const SentenceRequest& request) const {
  return guarded(
      [&] { return impl_->recognise([&] { return media_bytes_to_pcm(recording); }, request); });
}

}  // namespace saywell
