#include "saywell/assessor.h"

#include <utility>

#include "assess/recording_assessor.h"
#include "base/status_macros.h"

namespace saywell {

struct Assessor::Impl {
  RecordingAssessor assessor;
};

Assessor::Assessor(std::unique_ptr<const Impl> impl) : impl_(std::move(impl)) {}
Assessor::Assessor(Assessor&&) noexcept = default;
Assessor& Assessor::operator=(Assessor&&) noexcept = default;
Assessor::~Assessor() = default;

Result<Assessor> Assessor::load(const std::string& model_dir) {
  ASSIGN_OR_RETURN(RecordingAssessor assessor, RecordingAssessor::load(model_dir));
  return Assessor(std::unique_ptr<const Impl>(new Impl{std::move(assessor)}));
}

Result<Assessment> Assessor::assess_file(const std::string& path, const Request& request) const {
  return impl_->assessor.assess(
      [&](const DecodeLimits& limits) { return media_file_to_pcm(path, limits); }, request);
}

Result<Assessment> Assessor::assess_bytes(std::span<const std::byte> recording,
                                          const Request& request) const {
  return impl_->assessor.assess(
      [&](const DecodeLimits& limits) { return media_bytes_to_pcm(recording, limits); }, request);
}

Result<Assessment> Assessor::assess_samples(std::span<const float> samples,
                                            const Request& request) const {
  const auto copy = [&](const DecodeLimits&) {
    Recording recording;
    recording.samples.assign(samples.begin(), samples.end());
    return Result<Recording>(std::move(recording));
  };
  return impl_->assessor.assess(copy, request);
}

}  // namespace saywell
