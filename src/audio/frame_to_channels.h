// A decoded libav frame to one float vector a channel.
#pragma once

#include <vector>

#include "saywell/status.h"

struct AVFrame;

namespace saywell {

// Full scale of integer formats becomes [-1, 1): 16-bit values are divided by 32768 exactly. Float
// formats are taken as they are. `channels` is resized to the frame's channels and samples. Errors:
// 40003 a sample is NaN, infinite or beyond ±65536 (which no recording holds: a file of 16-bit
// values stored as floats still passes, and is then told to be too loud).
Status frame_to_channels(const AVFrame& frame, std::vector<std::vector<float>>& channels);

}  // namespace saywell
