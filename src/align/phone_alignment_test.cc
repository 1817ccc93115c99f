#include "align/phone_alignment.h"

#include <gtest/gtest.h>

#include "align/align_text.h"
#include "align/testing/synthetic_alignment.h"
#include "align/testing/synthetic_posteriors.h"

namespace saywell {
namespace {

TEST(PhoneAlignment, EveryPhoneGetsItsFrames) {
  const Posteriors posteriors = synthetic_posteriors("- W IY - K AO L -");
  const Alignment alignment =
      synthetic_alignment(posteriors, "W IY|K AO L", {said(0, {0, 9}), said(1, {9, 24})});
  EXPECT_EQ(alignment.phones(0)[0].frames, (FrameSpan{3, 6}));
  EXPECT_EQ(alignment.phones(0)[1].frames, (FrameSpan{6, 9}));
  ASSERT_EQ(alignment.phones(1).size(), 3U);
  EXPECT_EQ(alignment.phones(1)[0].frames, (FrameSpan{12, 15}));
  EXPECT_EQ(alignment.phones(1)[2].frames, (FrameSpan{18, 21}));
}

TEST(PhoneAlignment, WindowsReachFromHalfwayToHalfway) {
  const Posteriors posteriors = synthetic_posteriors("- W IY - K AO L -");
  const Alignment alignment =
      synthetic_alignment(posteriors, "W IY|K AO L", {said(0, {0, 9}), said(1, {9, 24})});
  const AlignedPhone &w = alignment.phones(0)[0], &iy = alignment.phones(0)[1],
                     &k = alignment.phones(1)[0];
  EXPECT_EQ(w.peak_frame, 4U);
  EXPECT_EQ(iy.peak_frame, 7U);
  EXPECT_EQ(k.peak_frame, 13U);
  EXPECT_EQ(w.window, (FrameSpan{1, 6})) << "as far before as the next phone is behind";
  EXPECT_EQ(iy.window, (FrameSpan{5, 10}));
  EXPECT_EQ(k.window.begin, 10U);
}

TEST(PhoneAlignment, OtherSpeechLeavesItsNeighboursTheirFrames) {
  const Posteriors posteriors = synthetic_posteriors("W IY S T R K AO L");
  const Alignment alignment = synthetic_alignment(
      posteriors, "W IY|K AO L", {said(0, {0, 6}), other_speech(1, {6, 15}), said(1, {15, 24})});
  EXPECT_EQ(alignment.phones(0)[1].peak_frame, 4U);
  EXPECT_TRUE(alignment.events()[1].phones.empty());
  EXPECT_EQ(alignment.phones(1)[0].peak_frame, 16U);
}

TEST(PhoneAlignment, MorePhonesThanFramesIs20303) {
  const Posteriors posteriors = synthetic_posteriors("W", 2);
  const Result<Alignment> alignment = build_alignment(posteriors, synthetic_text("W IY|K AO L"),
                                                      {said(0, {0, 1}), said(1, {1, 2})});
  EXPECT_EQ(alignment.status().code(), Code::kNoAlignment);
}

}  // namespace
}  // namespace saywell
