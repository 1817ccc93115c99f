// From the network's total to the published scale.
//
// A network trained on squared error shrinks its answers towards the mean, so that the best speech
// never reaches the top. The curve stretches the upper end, in straight pieces: native speech
// scores above 90, and the mean of every tenth of the learners stays within 5 points of the
// experts'. The other scores need none (train/evaluate.py prints both sides by decile).
#pragma once

namespace saywell {

// A sentence's total, 0–100 in and out. Monotonic.
double calibrate_total(double score);

}  // namespace saywell
