#include "format/request_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "format/json_text.h"

namespace saywell {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

Result<RequestOptions> read(std::string_view text) {
  const auto fields = parse_json_object(text);
  return fields.ok() ? request_from_json(*fields) : fields.status();
}

std::string error_of(std::string_view text) {
  const auto options = read(text);
  EXPECT_FALSE(options.ok()) << text;
  EXPECT_EQ(options.status().code(), Code::kBadParameter);
  return options.status().explanation();
}

std::string field_at_fault(std::string_view text) {
  const auto options = read(text);
  EXPECT_EQ(options.status().code(), Code::kBadParameter) << text;
  return options.status().field();
}

TEST(RequestFromJson, HasDefaults) {
  const auto options = read(R"({"refText": "Hello."})");
  ASSERT_TRUE(options.ok());
  EXPECT_EQ(options->request.ref_text, "Hello.");
  EXPECT_EQ(options->request.core_type, "");
  EXPECT_EQ(options->request.quality, QualityMode::kStrict);
  EXPECT_EQ(options->presentation.rank, 100);
  EXPECT_EQ(options->presentation.precision, 1);
  EXPECT_EQ(options->presentation.alphabet, Alphabet::kArpabet);
  EXPECT_EQ(options->caller.user_id, "guest");
  EXPECT_EQ(options->caller.application_id, "open");
  EXPECT_TRUE(options->store);
  EXPECT_FALSE(options->record_only);
}

TEST(RequestFromJson, ReadsEveryField) {
  const auto options = read(
      R"({"refText": "We call", "coreType": "en.sent.pron", "phones": [["W","IY"],["K","AO","L"]],
          "rank": 4, "scoreType": 4.0, "precision": 0.5, "alphabet": "ipa", "quality": "advise",
          "deadlineMs": 250, "mode": "record-only", "userId": "u", "applicationId": "a",
          "tokenId": "t", "sessionId": "s", "attachAudioUrl": 1, "store": false})");
  ASSERT_TRUE(options.ok()) << options.status().explanation();
  EXPECT_EQ(options->request.core_type, "en.sent.pron");
  EXPECT_EQ(options->request.phones,
            (std::vector<std::vector<std::string>>{{"W", "IY"}, {"K", "AO", "L"}}));
  EXPECT_EQ(options->request.quality, QualityMode::kAdvise);
  EXPECT_EQ(options->request.deadline_ms, 250);
  EXPECT_EQ(options->presentation.rank, 4);
  EXPECT_EQ(options->presentation.precision, 0.5);
  EXPECT_EQ(options->presentation.alphabet, Alphabet::kIpa);
  EXPECT_EQ(options->caller.application_id, "a");
  EXPECT_EQ(options->caller.user_id, "u");
  EXPECT_EQ(options->caller.token_id, "t");
  EXPECT_EQ(options->caller.session_id, "s");
  EXPECT_TRUE(options->attach_audio_url);
  EXPECT_FALSE(options->store);
  EXPECT_TRUE(options->record_only);
}

TEST(RequestFromJson, NamesAnUnknownFieldAndItsNeighbour) {
  EXPECT_EQ(error_of(R"({"reftext": "x"})"), "reftext: unknown field; is 'refText' meant?");
  EXPECT_THAT(error_of(R"({"refText": "x", "presicion": 1})"), HasSubstr("'precision'"));
  EXPECT_EQ(error_of(R"({"refText": "x", "colour": 1})"), "colour: unknown field");
  const std::string endless = "{\"" + std::string(100'000, 'q') + "\": 1}";
  EXPECT_LT(error_of(endless).size(), 200u);
}

TEST(RequestFromJson, PassesOverTheCallersOwnFields) {
  constexpr std::array<std::string_view, 2> kOwn = {"id", "audio"};
  EXPECT_TRUE(request_from_json({{"refText", "x"}, {"id", 3}}, kOwn).ok());
  EXPECT_THAT(request_from_json({{"refText", "x"}, {"audoi", 3}}, kOwn).status().explanation(),
              HasSubstr("'audio'"));
}

TEST(RequestFromJson, RefusesOtherTypesAndValues) {
  const std::pair<const char*, const char*> kBad[] = {
      {"refText", "7"},        {"refText", "null"},    {"coreType", "7"},
      {"coreType", "\"\""},    {"phones", "[]"},       {"phones", "\"W IY\""},
      {"phones", "[\"W\"]"},   {"phones", "[[1]]"},    {"rank", "3"},
      {"rank", "\"100\""},     {"rank", "1e400"},      {"scoreType", "true"},
      {"precision", "0.2"},    {"precision", "\"1\""}, {"alphabet", "\"xsampa\""},
      {"alphabet", "1"},       {"quality", "\"lax\""}, {"deadlineMs", "0"},
      {"deadlineMs", "-5"},    {"deadlineMs", "1e12"}, {"deadlineMs", "\"9\""},
      {"mode", "\"record\""},  {"userId", "5"},        {"tokenId", "{}"},
      {"store", "\"false\""},  {"store", "2"},         {"attachAudioUrl", "null"},
      {"applicationId", "[]"}, {"sessionId", "1.5"}};
  for (const auto& [field, given] : kBad) {
    const std::string text = std::string("{\"refText\": \"x\", \"") + field + "\": " + given + "}";
    const std::string wrong = field_at_fault(text);
    EXPECT_TRUE(wrong == field || (wrong.empty() && std::string_view(given) == "1e400")) << text;
  }
}

TEST(RequestFromJson, AsksForTheText) {
  EXPECT_EQ(error_of("{}"), "refText: missing");
  EXPECT_EQ(field_at_fault("{}"), "refText");
}

TEST(RequestFromJson, AnUnknownFieldIsTheOneAtFault) {
  EXPECT_EQ(field_at_fault(R"({"refText": "x", "colour": 1})"), "colour");
}

TEST(RequestFromJson, RefusesTwoRanks) {
  EXPECT_THAT(error_of(R"({"refText": "x", "rank": 4, "scoreType": 5})"), HasSubstr("scoreType"));
}

TEST(RequestFromJson, RefusesAnEndlessId) {
  const std::string text = R"({"refText": "x", "userId": ")" + std::string(300, 'u') + "\"}";
  EXPECT_THAT(error_of(text), StartsWith("userId: "));
}

}  // namespace
}  // namespace saywell
