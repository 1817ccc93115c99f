// From the network's scores to the published scale.
//
// A network trained on squared error shrinks its answers towards the mean, so the best speech never
// reaches the top. The curves stretch its range, in straight pieces, so that native speech lands above 90
// and the experts' scale is kept elsewhere; train/README.md says how the points were found.
#pragma once

namespace saywell {

// A sentence's accuracy, fluency, prosodic or total score, 0–100 in and out. Monotonic.
double calibrate_sentence(double score);

}  // namespace saywell
