// The whole assessment of a recording, from decoding it to the Assessment. saywell/assessor.h
// offers it to embedding programs, without the types of the stages.
#pragma once

#include <functional>
#include <string>

#include "assess/analysis.h"
#include "assess/text_parts.h"
#include "audio/media_to_pcm.h"
#include "base/deadline.h"
#include "saywell/assessor.h"

namespace saywell {

// Thread-safe; loaded once.
class RecordingAssessor {
 public:
  using Decode = std::function<Result<Recording>(const DecodeLimits&)>;

  // As Assessor::load().
  static Result<RecordingAssessor> load(const std::string& model_dir);

  // The stages that can be used by themselves; they live as long as this.
  const TextFrontEnd& text_front_end() const { return analyser_.text_front_end(); }
  const VadModel& vad() const { return analyser_.vad(); }

  // Assesses the recording that `decode` answers. Codes as those of Assessor; nothing is thrown.
  Result<Assessment> assess(const Decode& decode, const Request& request) const;
  // The same for a recording decoded elsewhere, for instance in another process.
  Result<Assessment> assess(Recording recording, const Request& request) const;

 private:
  enum class Search { kFirst, kSecond };

  RecordingAssessor(Analyser analyser, MiscueClassifier classifier, Scorer scorer);

  Result<ReferenceText> read_text(const Request& request) const;
  Result<std::vector<ScoredPart>> score_parts(const Analysis& analysis,
                                              const std::vector<TextPart>& parts, Search search,
                                              const Deadline& deadline) const;
  Result<Assessment> run_stages(const Decode& decode, const Request& request,
                                const Deadline& deadline) const;

  Analyser analyser_;
  MiscueClassifier classifier_;
  Scorer scorer_;
  std::string heads_;  // the name of the trained heads
};

}  // namespace saywell
