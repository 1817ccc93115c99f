// Whether the text was read at all: codes 20302 and 20300.
#pragma once

#include <span>

#include "assess/analysis.h"
#include "assess/miscues.h"
#include "saywell/status.h"

namespace saywell {

// 20302 when another text was read; 20300 when the speech breaks off inside a word at the
// very end of the recording; else ok. docs/quality.md has how the thresholds were measured. Pure.
// REQUIRES: speech was found.
Status check_recognition(const Analysis& analysis, const Miscues& miscues,
                         std::span<const float> samples);

}  // namespace saywell
