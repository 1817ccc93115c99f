#include "format/ctm.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "format/testing/sample_assessment.h"

namespace saywell {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

TEST(Ctm, HasWordsThenPhones) {
  const std::string ctm =
      assessment_to_ctm(sample_assessment("en.sent.score"), "my lesson.wav", Alphabet::kArpabet);
  EXPECT_THAT(ctm, StartsWith(";; words\n"
                              "my_lesson.wav 1 0.200 0.200 We 0.98\n"
                              "my_lesson.wav 1 0.400 0.360 like 0.63\n"
                              "my_lesson.wav 1 1.500 0.400 now 0.06\n"
                              ";; phones\n"
                              "my_lesson.wav 1 0.200 0.080 w 1.00\n"));
  EXPECT_THAT(ctm, HasSubstr("my_lesson.wav 1 0.700 0.060 k 0.12\n"));
}

TEST(Ctm, WritesIpa) {
  const std::string ctm = assessment_to_ctm(sample_assessment("en.sent.score"), "", Alphabet::kIpa);
  EXPECT_THAT(ctm, HasSubstr("- 1 0.480 0.220 aɪ 0.88\n"));
}

}  // namespace
}  // namespace saywell
