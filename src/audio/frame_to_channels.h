// A decoded libav frame to one float vector per channel.
#pragma once

#include <vector>

#include "saywell/status.h"

struct AVFrame;

namespace saywell {

// Full scale of integer formats becomes [-1, 1): 16-bit values are divided by 32768 exactly. Float
// formats are copied as they are. `channels` is resized to the frame's channels and samples.
// Errors: 40003 a sample is NaN, infinite or beyond ±65536. No recording holds such values; 16-bit
// values stored as floats still pass, and are then too loud.
Status frame_to_channels(const AVFrame& frame, std::vector<std::vector<float>>& channels);

}  // namespace saywell
