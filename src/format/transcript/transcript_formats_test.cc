#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "format/ctm.h"
#include "format/textgrid.h"
#include "format/transcript/subtitles.h"
#include "format/transcript/transcript_json.h"

namespace saywell {
namespace {

using testing::HasSubstr;
using testing::Not;

Transcript two_sentences() {
  Transcript transcript;
  transcript.text = "Hello, R&D. Are you 22?";
  transcript.confidence = 0.876;
  transcript.audio_ms = 5000;
  transcript.words = {{"Hello", "Hello,", {200, 600}, 0.987, false, {}},
                      {"R&D", "R&D.", {600, 1100}, 0.9, true, {}},
                      {"Are", "Are", {1200, 1400}, 0.8, false, {}},
                      {"you", "you", {1400, 1500}, 0.8, false, {}},
                      {"22", "22?", {2300, 3000.4}, 0.7, true, {}}};
  return transcript;
}

// `count` words of half a second, one behind the other, in one sentence.
Transcript long_sentence(int count) {
  Transcript transcript;
  for (int i = 0; i < count; ++i) {
    transcript.words.push_back({"word", "word", {500.0 * i, 500.0 * (i + 1)}, 1, false, {}});
  }
  return transcript;
}

TEST(TranscriptJson, HasTextWordsAndTimes) {
  EXPECT_EQ(boost::json::serialize(transcript_to_json(two_sentences()).at("align").at(4)),
            R"({"txt":"22","start":2300,"end":3000,"conf":7E-1})");
  const boost::json::object json = transcript_to_json(two_sentences());
  EXPECT_EQ(json.at("rec").as_string(), "Hello, R&D. Are you 22?");
  EXPECT_DOUBLE_EQ(json.at("conf").as_double(), 0.88);
  EXPECT_EQ(transcript_to_json({}).at("align").as_array().size(), 0U);
}

TEST(RecognisedSentenceJson, HasTheBestAndAllGuesses) {
  const RecognisedSentence sentence{{{"yes I do", 0.914}, {"no", 0.05}}, {120.4, 900}};
  const boost::json::object json = recognised_sentence_to_json(sentence);
  EXPECT_EQ(json.at("rec").as_string(), "yes I do");
  EXPECT_DOUBLE_EQ(json.at("conf").as_double(), 0.91);
  EXPECT_EQ(json.at("starttime").as_int64(), 120);
  EXPECT_EQ(json.at("endtime").as_int64(), 900);
  EXPECT_EQ(json.at("nbest").at(1).at("rec").as_string(), "no");
}

TEST(Subtitles, SrtHasANumberedCuePerSentenceAndPause) {
  EXPECT_EQ(transcript_to_srt(two_sentences()),
            "1\n00:00:00,200 --> 00:00:01,100\nHello, R&D.\n\n"
            "2\n00:00:01,200 --> 00:00:01,500\nAre you\n\n"
            "3\n00:00:02,300 --> 00:00:03,000\n22?\n");
  EXPECT_EQ(transcript_to_srt({}), "");
}

TEST(Subtitles, VttEscapesWhatWouldBeMarkup) {
  EXPECT_THAT(transcript_to_vtt(two_sentences()),
              HasSubstr("WEBVTT\n\n00:00:00.200 --> 00:00:01.100\nHello, R&amp;D.\n"));
  EXPECT_EQ(transcript_to_vtt({}), "WEBVTT\n");
}

TEST(Subtitles, CuesAreNeitherTooLongNorTooWide) {
  const std::string srt = transcript_to_srt(long_sentence(20));
  EXPECT_THAT(srt, HasSubstr("1\n00:00:00,000 --> 00:00:07,000\n"));
  EXPECT_THAT(srt, HasSubstr("2\n00:00:07,000 --> 00:00:10,000\n"));
  EXPECT_THAT(srt, HasSubstr("word word word word word word word word\nword word"));
}

TEST(TranscriptCtm, HasALinePerWord) {
  const std::string ctm = transcript_to_ctm(two_sentences(), "my lesson.wav");
  EXPECT_THAT(ctm, HasSubstr("my_lesson.wav 1 0.200 0.400 Hello 0.99\n"));
  EXPECT_THAT(ctm, Not(HasSubstr(";;")));
}

TEST(TranscriptTextgrid, HasOneTierOverTheWholeRecording) {
  const std::string grid = transcript_to_textgrid(two_sentences());
  EXPECT_THAT(grid, HasSubstr("size = 1\nitem []:"));
  EXPECT_THAT(grid, HasSubstr("xmin = 0\nxmax = 5.000"));
  EXPECT_THAT(grid, HasSubstr("text = \"R&D\""));
  EXPECT_THAT(transcript_to_textgrid({}), HasSubstr("intervals: size = 1"));
}

}  // namespace
}  // namespace saywell
