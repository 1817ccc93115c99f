// Recognition without a text to compare with: a recording goes in, what was said comes out.
//
//   auto recogniser = saywell::Recogniser::load("/usr/share/saywell/models");
//   auto transcript = recogniser->transcribe_file("talk.mp3");
//   auto answer = recogniser->recognise_file("answer.wav", {.grammar = "yes I do | no I don't"});
//
// English. docs/recognition.md has the method, the grammar and the figures.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "saywell/export.h"
#include "saywell/recognition.h"
#include "saywell/status.h"
#include "saywell/transcript.h"

namespace saywell {

// Exactly one of the two says what may be said.
struct SentenceRequest {
  std::string grammar = {};
  std::vector<std::string> choices = {};
  double deadline_ms = 0;  // from the call on; 0: none
};

// Any number of calls at a time from any threads, each computing on its caller's. The decoder is
// loaded by the first call, about 100 MB that then stay.
class SAYWELL_EXPORT Recogniser {
 public:
  // Code 40051 naming the file that is missing or wrong, the decoder's included.
  static Result<Recogniser> load(const std::string& model_dir);

  Recogniser(Recogniser&&) noexcept;
  Recogniser& operator=(Recogniser&&) noexcept;
  ~Recogniser();

  // The text of a recording. 40001–40004 the file · 20002 no samples · 20402, 20001 no speech, or
  // no words in it · 503 once the deadline has passed · 500 with an incident id.
  Result<Transcript> transcribe_file(const std::string& path, double deadline_ms = 0) const;
  // The same for an encoded recording in memory.
  Result<Transcript> transcribe_bytes(std::span<const std::byte> recording,
                                      double deadline_ms = 0) const;

  // The sentence that was said. Before the audio is looked at: 40031, field "grammar" or "choices",
  // a grammar with a mistake, no choices, a word without pronunciation, both or neither given. Then
  // as above, and 20302 when nothing of the sentences was said.
  Result<RecognisedSentence> recognise_file(const std::string& path,
                                            const SentenceRequest& request) const;
  Result<RecognisedSentence> recognise_bytes(std::span<const std::byte> recording,
                                             const SentenceRequest& request) const;

 private:
  struct Impl;
  explicit Recogniser(std::unique_ptr<const Impl> impl);
  std::unique_ptr<const Impl> impl_;
};

}  // namespace saywell
