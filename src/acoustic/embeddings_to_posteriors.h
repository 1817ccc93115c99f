// Embeddings to phone posteriors: the phone head, a small trained network (train/phone_head.py).
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "acoustic/pcm_to_embeddings.h"
#include "base/phone_set.h"

namespace saywell {

// Column 0 is the blank of the CTC posteriors and the silence of the frame posteriors; phone p is
// column p + 1.
inline constexpr int kPosteriorColumns = kPhoneCount + 1;
inline constexpr int kBlankColumn = 0;

// Log posteriors of the frames of all chunks, in order. Frames of long pauses, which no chunk
// covers, are not there: `clock` tells each row's place on the recording's frame clock.
struct Posteriors {
  std::vector<std::size_t> clock;  // strictly rising
  std::vector<float> ctc;          // peaks: one a phone, blank between (Graves et al. 2006)
  std::vector<float> frame;        // what each frame is: a phone or silence

  std::size_t frame_count() const { return clock.size(); }
  std::span<const float> ctc_row(std::size_t row) const;
  std::span<const float> frame_row(std::size_t row) const;
  // Middle of the row's frame in the recording.
  double time_s(std::size_t row) const;
};

// The middle of frame 0 in seconds: half of what one frame hears.
inline constexpr double kFirstFrameMiddleS = 0.028;

// Thread-safe; loaded once.
class PhoneHead {
 public:
  // Reads phone_head.onnx. Code 40051 naming it when it is missing or another model.
  static Result<PhoneHead> load(const std::string& model_dir);

  // Code 500 when the runtime fails.
  Result<Posteriors> embeddings_to_posteriors(std::span<const Embeddings> chunks) const;

 private:
  explicit PhoneHead(OnnxSession session) : session_(std::move(session)) {}
  OnnxSession session_;
};

}  // namespace saywell
