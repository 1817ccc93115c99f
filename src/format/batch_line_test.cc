#include "format/batch_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "format/json_text.h"
#include "format/result_json.h"
#include "format/testing/sample_assessment.h"

namespace saywell {
namespace {

using testing::HasSubstr;

TEST(ParseBatchLine, ReadsARequest) {
  const BatchLine line =
      parse_batch_line(R"({"id": "a1", "audio": "a.wav", "refText": "Hi.", "rank": 5})", 7);
  EXPECT_EQ(json_text(line.id), "\"a1\"");
  ASSERT_TRUE(line.request.ok());
  EXPECT_EQ(line.request->audio, "a.wav");
  EXPECT_EQ(line.request->options.request.ref_text, "Hi.");
  EXPECT_EQ(line.request->options.presentation.rank, 5);
}

TEST(ParseBatchLine, IdsMayBeWholeNumbers) {
  const BatchLine line = parse_batch_line(R"({"id": 12, "audio": "a.wav", "refText": "Hi."})", 7);
  EXPECT_EQ(json_text(line.id), "12");
  EXPECT_TRUE(line.request.ok());
}

TEST(ParseBatchLine, WithoutAnIdHasTheNumberOfItsLine) {
  const BatchLine line = parse_batch_line(R"({"audio": "a.wav", "refText": "Hi."})", 7);
  EXPECT_EQ(json_text(line.id), "7");
  EXPECT_TRUE(line.request.ok());
}

TEST(ParseBatchLine, KeepsTheIdOfABadRequest) {
  const BatchLine line = parse_batch_line(R"({"id": "b", "audio": "a.wav", "refTxt": "Hi."})", 7);
  EXPECT_EQ(json_text(line.id), "\"b\"");
  EXPECT_EQ(line.request.status().field(), "refTxt");
  EXPECT_THAT(line.request.status().detail(), HasSubstr("'refText'"));
}

TEST(ParseBatchLine, SaysWhatIsWrong) {
  const std::pair<const char*, const char*> kBad[] = {
      {"{\"id\": \"a\"", ""},
      {"plain text", ""},
      {R"({"id": "a", "refText": "Hi."})", "audio"},
      {R"({"id": "a", "audio": 1, "refText": "Hi."})", "audio"},
      {R"({"id": "a", "audio": "", "refText": "Hi."})", "audio"},
      {R"({"id": "a", "audio": "a.wav"})", "refText"},
      {R"({"id": [1], "audio": "a.wav", "refText": "Hi."})", "id"},
      {R"({"id": 1.5, "audio": "a.wav", "refText": "Hi."})", "id"},
      {R"({"id": "a", "audio": "a.wav", "refText": "Hi.", "coreType": "cn.sent.score"})",
       "coreType"},
      {R"({"id": "a", "audio": "a.wav", "refText": "Hi.", "mode": "record-only"})", "mode"}};
  for (const auto& [text, named] : kBad) {
    const BatchLine line = parse_batch_line(text, 3);
    ASSERT_FALSE(line.request.ok()) << text;
    EXPECT_EQ(line.request.status().code(), Code::kBadParameter) << text;
    EXPECT_EQ(line.request.status().field(), named) << text;
  }
}

TEST(BatchAnswer, HasTheResultOrTheError) {
  const Assessment assessment = sample_assessment("en.sent.score");
  EXPECT_EQ(batch_answer("a", assessment, {}),
            "{\"id\":\"a\",\"result\":" + json_text(result_to_json(assessment, {})) + "}");
  const std::string refused = batch_answer(4, Status(Code::kLowSnr, "3 dB"));
  EXPECT_THAT(refused, testing::StartsWith(R"({"id":4,"errID":20401,"error":")"));
  EXPECT_EQ(refused.find('\n'), std::string::npos);
  EXPECT_EQ(refused.find("field"), std::string::npos);
  EXPECT_THAT(batch_answer(4, Status(Code::kBadParameter, "rank", "2, 4, 5 or 100 is expected")),
              testing::EndsWith("(rank: 2, 4, 5 or 100 is expected)\",\"field\":\"rank\"}"));
}

}  // namespace
}  // namespace saywell
