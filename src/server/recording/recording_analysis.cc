#include "server/recording/recording_analysis.h"

#include <boost/json/array.hpp>
#include <cmath>
#include <utility>

#include "base/status_macros.h"
#include "signal/f0.h"

namespace saywell {
namespace {

using boost::json::array;
using boost::json::object;

std::int64_t whole_ms(double seconds) { return std::llround(seconds * 1000); }

object f0_json(const F0Contour& contour) {
  array hz;
  hz.reserve(contour.f0_hz.size());
  for (const float f0 : contour.f0_hz) hz.push_back(std::round(10.0 * f0) / 10);
  return {{"start", whole_ms(contour.first_frame_s)},
          {"step", whole_ms(contour.step_s)},
          {"hz", std::move(hz)}};
}

}  // namespace

Result<object> analyse_recording(const Recording& recording, const VadModel& vad) {
  ASSIGN_OR_RETURN(const F0Contour contour, pcm_to_f0(recording.samples));
  ASSIGN_OR_RETURN(const std::vector<float> voice,
                   pcm_to_speech_probabilities(vad, recording.samples));
  array speech;
  for (const TimeRegion& region : probabilities_to_regions(voice, recording.duration_s())) {
    speech.push_back(object{{"start", whole_ms(region.start_s)}, {"end", whole_ms(region.end_s)}});
  }
  return object{{"duration", whole_ms(recording.duration_s())},
                {"f0", f0_json(contour)},
                {"speech", std::move(speech)}};
}

}  // namespace saywell
