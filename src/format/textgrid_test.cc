#include "format/textgrid.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>

#include "format/testing/sample_assessment.h"

namespace saywell {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

struct Interval {
  std::string start, end, text;
};

// The intervals of the tier called `name`.
std::vector<Interval> tier(const std::string& textgrid, const std::string& name) {
  const std::size_t begin = textgrid.find("name = \"" + name + "\"");
  const std::string part = textgrid.substr(begin, textgrid.find("item [", begin) - begin);
  const std::regex interval(
      "intervals \\[\\d+\\]:\\s+xmin = (\\S+)\\s+xmax = (\\S+)\\s+text = \"(.*)\"\n");
  std::vector<Interval> intervals;
  for (std::sregex_iterator it(part.begin(), part.end(), interval), end; it != end; ++it) {
    intervals.push_back({(*it)[1], (*it)[2], (*it)[3]});
  }
  return intervals;
}

std::string labels(const std::vector<Interval>& intervals) {
  std::string all;
  for (const Interval& interval : intervals) all += interval.text + '|';
  return all;
}

TEST(Textgrid, HasAHeadAndFourTiers) {
  const std::string grid =
      assessment_to_textgrid(sample_assessment("en.sent.score"), Alphabet::kArpabet);
  EXPECT_THAT(grid, StartsWith("File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\n"
                               "xmin = 0\nxmax = 2.500\ntiers? <exists>\nsize = 4\n"));
  EXPECT_EQ(labels(tier(grid, "words")), "|We|like||now||");
  EXPECT_EQ(labels(tier(grid, "phones")), "|w|iy|l|ay|k||n|aw||");
  EXPECT_EQ(labels(tier(grid, "heard")), "|w|iy|l|ay|t||n|aw||");
  EXPECT_EQ(labels(tier(grid, "extra")), "|ah||||");
}

TEST(Textgrid, CoversTheWholeTimeWithoutGaps) {
  Assessment assessment = sample_assessment("en.sent.score");
  assessment.words[1].time = TimeSpanMs{390, 760};    // overlaps the word before it
  assessment.words[3].time = TimeSpanMs{1500, 2600};  // longer than the audio
  assessment.extra.push_back({ExtraSpeech::Kind::kNoise, "empty", 0, {900, 900.2}, {}});
  const std::string grid = assessment_to_textgrid(assessment, Alphabet::kArpabet);
  for (const char* name : {"words", "phones", "heard", "extra"}) {
    std::string end = "0.000";
    for (const Interval& interval : tier(grid, name)) {
      EXPECT_EQ(interval.start, end) << name;
      EXPECT_LT(std::stod(interval.start), std::stod(interval.end)) << name;
      end = interval.end;
    }
    EXPECT_EQ(end, "2.500") << name;
  }
}

TEST(Textgrid, OfSilenceHasEmptyTiers) {
  Assessment assessment;
  assessment.audio_ms = 1000;
  EXPECT_EQ(labels(tier(assessment_to_textgrid(assessment, Alphabet::kArpabet), "words")), "|");
}

TEST(Textgrid, DoublesQuotesAndWritesIpa) {
  Assessment assessment = sample_assessment("en.sent.score");
  assessment.words[0].text = "the \"we\"";
  const std::string grid = assessment_to_textgrid(assessment, Alphabet::kIpa);
  EXPECT_THAT(grid, HasSubstr("text = \"the \"\"we\"\"\"\n"));
  EXPECT_THAT(grid, HasSubstr("text = \"aɪ\"\n"));
}

}  // namespace
}  // namespace saywell
