#include "format/result_json.h"

#include <gtest/gtest.h>

#include "format/json_text.h"
#include "format/testing/sample_assessment.h"

namespace saywell {
namespace {

using boost::json::array;
using boost::json::object;

object result_of(const std::string& core_type, const Presentation& presentation = {}) {
  return result_to_json(sample_assessment(core_type), presentation);
}

// The value at a JSON pointer, as text.
std::string at(const boost::json::value& json, std::string_view pointer) {
  boost::system::error_code error;
  const auto* found = json.find_pointer(pointer, error);
  return found ? json_text(*found) : "nothing at " + std::string(pointer);
}

TEST(ResultJson, HasTheScoresOfTheReading) {
  const object result = result_of("en.sent.score");
  EXPECT_EQ(at(result, "/overall"), "61");
  EXPECT_EQ(at(result, "/pron"), "56");
  EXPECT_EQ(at(result, "/accuracy"), "74");
  EXPECT_EQ(at(result, "/integrity"), "75");
  EXPECT_EQ(at(result, "/fluency"), R"({"overall":82,"pause":100,"speed":131.3})");
  EXPECT_EQ(at(result, "/rhythm"), R"({"overall":80,"stress":80,"sense":90,"tone":100})");
  EXPECT_EQ(at(result, "/info"),
            R"({"volume":-23.5,"lufs":-24,"clip":0.0001,"snr":31.3,"tipId":90001})");
  EXPECT_EQ(at(result, "/res"), "\"heads-1\"");
  EXPECT_EQ(at(result, "/rank"), "100");
  EXPECT_EQ(at(result, "/wavetime"), "2500");
  EXPECT_EQ(at(result, "/systime"), "62");
  EXPECT_EQ(at(result, "/pretime"), "0");
  EXPECT_EQ(at(result, "/delaytime"), "62");
}

TEST(ResultJson, HasOneEntryAWordOfTheText) {
  const object result = result_of("en.sent.score");
  ASSERT_EQ(result.at("details").as_array().size(), 4u);
  EXPECT_EQ(at(result, "/details/0/char"), "\"We\"");
  EXPECT_EQ(at(result, "/details/0/score"), "98");
  EXPECT_EQ(at(result, "/details/0/start"), "200");
  EXPECT_EQ(at(result, "/details/0/end"), "400");
  EXPECT_EQ(at(result, "/details/0/dur"), "200");
  EXPECT_EQ(at(result, "/details/0/fluency"), "91");
  EXPECT_EQ(at(result, "/details/0/miscue"), "\"none\"");
  EXPECT_EQ(at(result, "/details/3/miscue"), "\"substitution\"");
  EXPECT_EQ(at(result, "/details/3/toneref"), "1");
  EXPECT_EQ(at(result, "/details/3/tonescore"), "0");
  EXPECT_EQ(at(result, "/details/3/sensescore"), "100");
  EXPECT_FALSE(result.at("details").at(0).as_object().contains("stress"));
}

TEST(ResultJson, SaysNullForWhatWasNotSaid) {
  const object result = result_of("en.sent.score");
  EXPECT_EQ(at(result, "/details/2/miscue"), "\"omission\"");
  EXPECT_EQ(at(result, "/details/2/tonescore"), "0");
  EXPECT_EQ(at(result, "/details/2/start"), "null");
  EXPECT_EQ(at(result, "/details/2/dur"), "null");
  EXPECT_EQ(at(result, "/details/2/phone/1"),
            R"({"char":"iy","score":0,"start":null,"end":null,"dur":null,"pherr":2,"heard":"",)"
            R"("heardprob":0,"next":[]})");
}

TEST(ResultJson, SaysWhatWasHeard) {
  const object result = result_of("en.sent.score");
  EXPECT_EQ(at(result, "/details/1/phone/2"),
            R"({"char":"k","score":12,"start":700,"end":760,"dur":60,"pherr":3,"heard":"t",)"
            R"("heardprob":0.7,"next":[{"char":"t","prob":0.063}]})");
  EXPECT_EQ(at(result, "/details/1/phone/1/pherr"), "1");
  EXPECT_EQ(at(result, "/details/1/phone/1/added"), "\"ah\"");
  EXPECT_EQ(at(result, "/extra"),
            R"([{"kind":"insertion","char":"ah","after":2,"start":1100,"end":1300},)"
            R"({"kind":"noise","char":"","after":3,"start":2100,"end":2200}])");
}

TEST(ResultJson, CountsPhonesOfTheWordsThatWereRead) {
  const array statistics = result_of("en.sent.score").at("statics").as_array();
  EXPECT_EQ(statistics.size(), 7u);  // t of "tea" is not among them
  EXPECT_EQ(json_text(statistics[2]), R"({"char":"iy","count":1,"score":96})");
}

TEST(ResultJson, OfAWordHasItsSyllables) {
  const object result = result_to_json(sample_word_assessment(), {});
  EXPECT_EQ(at(result, "/details/0/stress"),
            R"([{"char":"m_eh","ref":1,"score":88},{"char":"t_ah_l","ref":0,"score":88}])");
}

TEST(ResultJson, OfAParagraphIsBySentence) {
  const object result = result_of("en.pred.score");
  ASSERT_EQ(result.at("details").as_array().size(), 1u);
  EXPECT_EQ(at(result, "/details/0/char"), "\"We like tea now\"");
  EXPECT_EQ(at(result, "/details/0/score"), "61");
  EXPECT_EQ(at(result, "/details/0/start"), "200");
  EXPECT_EQ(at(result, "/details/0/fluency/pause"), "100");
  const object sentence = result_of("en.sent.score");
  EXPECT_EQ(at(result, "/details/0/snt_details"), at(sentence, "/details"));
}

TEST(ResultJson, OfThePronKindsListsWhatWasHeardInOrder) {
  const object result = result_of("en.sent.pron");
  EXPECT_FALSE(result.contains("extra"));
  std::string reading;
  for (const auto& entry : result.at("details").as_array()) {
    reading += at(entry, "/lab") + at(entry, "/rec") + at(entry, "/is_err") + ' ';
  }
  EXPECT_EQ(reading, R"("We""We"0 "like""like"0 "tea"""2 """ah"1 "now""dh eh n"3 )");
  EXPECT_EQ(at(result, "/details/1/phone"),
            R"([{"lab":"l","rec":"l","is_err":0},{"lab":"ay","rec":"ay","is_err":0},)"
            R"({"lab":"","rec":"ah","is_err":1},{"lab":"k","rec":"t","is_err":3}])");
}

TEST(ResultJson, OfThePronKindsMarksWhatWasSaidAgain) {
  Assessment assessment = sample_assessment("en.sent.pron");
  assessment.words[1].miscue = Miscue::kRepetition;
  assessment.extra[0] = {ExtraSpeech::Kind::kRepetition, "like", 0, {400, 450}, {}};
  const object result = result_to_json(assessment, {});
  EXPECT_EQ(at(result, "/details/1/rec"), "\"like\"");
  EXPECT_EQ(at(result, "/details/1/lab"), "\"\"");
  EXPECT_EQ(at(result, "/details/1/is_err"), "4");
  EXPECT_EQ(at(result, "/details/2/lab"), "\"like\"");
  EXPECT_EQ(at(result, "/details/2/is_err"), "4");
}

TEST(ResultJson, FollowsRankAndPrecision) {
  const object ranked = result_of("en.sent.score", {4, 0.1});
  EXPECT_EQ(at(ranked, "/overall"), "2");
  EXPECT_EQ(at(ranked, "/rank"), "4");
  EXPECT_EQ(at(ranked, "/fluency/speed"), "131.3");
  EXPECT_EQ(at(ranked, "/details/1/phone/2/score"), "0");
  const object precise = result_of("en.sent.score", {100, 0.1});
  EXPECT_EQ(at(precise, "/overall"), "61.3");
  EXPECT_EQ(at(precise, "/rhythm/overall"), "80");
}

TEST(ResultJson, FollowsTheAlphabet) {
  const object result = result_of("en.sent.score", {100, 1, Alphabet::kIpa});
  EXPECT_EQ(at(result, "/details/1/phone/1/char"), "\"aɪ\"");
  EXPECT_EQ(at(result, "/details/1/phone/1/added"), "\"ʌ\"");
  EXPECT_EQ(at(result, "/extra/0/char"), "\"ʌ\"");
  EXPECT_EQ(at(result_of("en.sent.pron", {100, 1, Alphabet::kIpa}), "/details/4/rec"), "\"ð ɛ n\"");
}

TEST(ResultJson, HasNoRhythmWithoutF0) {
  Assessment assessment = sample_assessment("en.sent.score");
  assessment.scores.rhythm.reset();
  assessment.audio.lufs.reset();
  const object result = result_to_json(assessment, {}, {12.4, 33.0});
  EXPECT_EQ(at(result, "/rhythm"), "null");
  EXPECT_EQ(at(result, "/info/lufs"), "null");
  EXPECT_EQ(at(result, "/pretime"), "12");
  EXPECT_EQ(at(result, "/delaytime"), "33");
}

}  // namespace
}  // namespace saywell
