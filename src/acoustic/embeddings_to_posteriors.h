// Turns embeddings into phone posteriors: the phone head, a small trained network
// (train/phone_head.py).
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "acoustic/pcm_to_embeddings.h"
#include "base/phone_set.h"
#include "base/time_region.h"

namespace saywell {

// Column 0 is the blank of the CTC posteriors and the silence of the framewise posteriors; phone p
// is column p + 1.
inline constexpr int kPosteriorColumns = kPhoneCount + 1;
inline constexpr int kBlankColumn = 0;

// Frames of the posteriors, half-open.
struct FrameSpan {
  std::size_t begin = 0;
  std::size_t end = 0;

  std::size_t size() const { return end - begin; }
  bool operator==(const FrameSpan&) const = default;
};

// Log posteriors of the frames of all chunks, in order. Frames of long pauses, which no chunk
// covers, are missing: `clock` has each frame's place on the recording's frame clock.
struct Posteriors {
  std::vector<std::size_t> clock;  // strictly rising
  std::vector<float> ctc;          // peaks: one per phone, blank between (Graves et al. 2006)
  std::vector<float> framewise;    // each frame as a phone or silence

  std::size_t frame_count() const { return clock.size(); }
  // The kPosteriorColumns log posteriors of one frame.
  std::span<const float> ctc_at(std::size_t frame) const;
  std::span<const float> framewise_at(std::size_t frame) const;
  // The middle of a frame in the recording.
  double middle_s(std::size_t frame) const;
  // From the beginning of the first frame to the end of the last. REQUIRES: at least one frame.
  TimeRegion time_of(FrameSpan frames) const;
};

// The middle of frame 0 in seconds: half the span of a frame.
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
