#include "format/json_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <limits>

namespace saywell {
namespace {

using testing::HasSubstr;

std::string error_of(std::string_view text) {
  const auto parsed = parse_json_object(text);
  EXPECT_FALSE(parsed.ok());
  EXPECT_EQ(parsed.status().code(), Code::kBadParameter);
  return parsed.status().explanation();
}

TEST(JsonText, WritesNumbersAsPeopleDo) {
  EXPECT_EQ(json_text({87.3, 92.0, -23.5, 0.0001, 7, nullptr, true}),
            "[87.3,92,-23.5,0.0001,7,null,true]");
  EXPECT_EQ(json_text(std::numeric_limits<double>::quiet_NaN()), "null");
  EXPECT_EQ(json_text(std::numeric_limits<double>::infinity()), "null");
}

TEST(JsonText, EscapesAndKeepsTheOrder) {
  EXPECT_EQ(json_text(boost::json::object{{"b", "say \"a\"\n"}, {"a", boost::json::array{}}}),
            "{\"b\":\"say \\\"a\\\"\\n\",\"a\":[]}");
}

TEST(JsonText, IsAlwaysUtf8) {
  EXPECT_EQ(json_text("caf\xC3\xA9 \xFF\xC3"), "\"café \uFFFD\uFFFD\"");
}

TEST(ParseJsonObject, ReadsBackWhatIsWritten) {
  const auto parsed = parse_json_object("\xEF\xBB\xBF {\"a\": [1, 2.5, \"x\"], \"b\": null} \r\n");
  ASSERT_TRUE(parsed.ok());
  EXPECT_EQ(json_text(*parsed), "{\"a\":[1,2.5,\"x\"],\"b\":null}");
}

TEST(ParseJsonObject, TakesTheLastOfEqualNames) {
  const auto parsed = parse_json_object(R"({"a": 1, "a": 2})");
  ASSERT_TRUE(parsed.ok());
  EXPECT_EQ(json_text(*parsed), "{\"a\":2}");
}

TEST(ParseJsonObject, SaysWhatIsWrongAndWhere) {
  EXPECT_THAT(error_of("{\"a\": x}"), HasSubstr("at byte 6"));
  EXPECT_THAT(error_of("{\"a\": 1} 2"), HasSubstr("more than one value at byte 9"));
  EXPECT_THAT(error_of("[1]"), HasSubstr("an object"));
  EXPECT_THAT(error_of("{\"a\": \"\xFF\"}"), HasSubstr("at byte"));
  for (const std::string_view text :
       {"", " ", "{", "{\"a\"", "{\"a\": 1", "nul", "NaN", "{'a': 1}"}) {
    EXPECT_THAT(error_of(text), HasSubstr("JSON: ")) << text;
  }
}

TEST(ParseJsonObject, HasLimits) {
  const auto nested = [](int depth) {
    return "{\"a\": " + std::string(depth, '[') + std::string(depth, ']') + "}";
  };
  EXPECT_TRUE(parse_json_object(nested(31)).ok());
  EXPECT_FALSE(parse_json_object(nested(32)).ok());
  EXPECT_FALSE(parse_json_object(nested(100'000)).ok());
  EXPECT_THAT(error_of(std::string(kMaxJsonBytes + 1, ' ')), HasSubstr("at most 1000000"));
}

}  // namespace
}  // namespace saywell
