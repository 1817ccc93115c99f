#include "wire/stream_command.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace saywell {
namespace {

using testing::HasSubstr;

TEST(StreamCommand, Connect) {
  const auto command = parse_stream_command(
      R"({"cmd":"connect","param":{"sdk":{"version":1},
          "app":{"applicationId":"school","sig":"0a","timestamp":1700000000,"alg":"sha1"}}})");
  ASSERT_TRUE(command.ok()) << command.status().explanation();
  const auto& credentials = std::get<ConnectCommand>(*command).credentials;
  EXPECT_EQ(credentials.application_id, "school");
  EXPECT_EQ(credentials.timestamp, "1700000000");
  EXPECT_FALSE(credentials.empty());
}

TEST(StreamCommand, Start) {
  const auto command = parse_stream_command(
      R"({"cmd":"start","param":{"app":{"userId":"eva"},"audio":{"audioType":"wav","channel":2,
          "sampleBytes":2,"sampleRate":44100},"vadEnable":1,
          "request":{"coreType":"en.sent.score","refText":"Hello you.","vadSilenceMs":800}}})");
  ASSERT_TRUE(command.ok()) << command.status().explanation();
  const auto& start = std::get<StartCommand>(*command);
  EXPECT_EQ(start.credentials.user_id, "eva");
  EXPECT_EQ(start.audio.sample_rate_hz, 44100);
  EXPECT_EQ(start.audio.channels, 2);
  EXPECT_TRUE(start.stop_at_silence);
  EXPECT_DOUBLE_EQ(start.silence_s, 0.8);
  EXPECT_EQ(start.options.request.ref_text, "Hello you.");
  EXPECT_EQ(start.params.size(), 3U);
}

TEST(StreamCommand, Stop) {
  EXPECT_TRUE(std::holds_alternative<StopCommand>(*parse_stream_command(R"({"cmd":"stop"})")));
}

struct BadCommand {
  const char *text, *what;
};

TEST(StreamCommand, SaysWhatIsWrong) {
  const std::string deep(1000, '[');
  const std::vector<BadCommand> cases = {
      {"", "JSON"},
      {"hello", "JSON"},
      {"[]", "object"},
      {deep.c_str(), "JSON"},
      {"{}", "cmd: missing"},
      {R"({"cmd":"fly"})", "\"fly\""},
      {R"({"cmd":"stop","parm":{}})", "parm: unknown field"},
      {R"({"cmd":"start","param":7})", "param: an object"},
      {R"({"cmd":"start","param":{"request":{}}})", "refText: missing"},
      {R"({"cmd":"start","param":{"request":{"refText":"a"},"app":{"user":"x"}}})", "app.user"},
      {R"({"cmd":"start","param":{"request":{"refText":"a"},"app":{"userId":5}}})",
       "app.userId: a text"},
      {R"({"cmd":"start","param":{"request":{"refText":"a"},"audio":{"sampleRate":"16000"}}})",
       "sampleRate: a number from 8000 to 192000"},
      {R"({"cmd":"start","param":{"request":{"refText":"a"},"audio":{"sampleBytes":4}}})",
       "sampleBytes"},
      {R"({"cmd":"start","param":{"request":{"refText":"a"},"audio":{"audioType":"midi"}}})",
       "audioType: unknown type \"midi\""},
      {R"({"cmd":"start","param":{"request":{"refText":"a"},"audio":{"channel":1.5}}})",
       "channel: a whole number"},
      {R"({"cmd":"start","param":{"request":{"refText":"a","vadEnable":"yes"}}})",
       "vadEnable: true or false"},
      {R"({"cmd":"start","param":{"request":{"refTxt":"a"}}})", "is 'refText' meant?"}};
  for (const BadCommand& bad : cases) {
    const auto command = parse_stream_command(bad.text);
    ASSERT_FALSE(command.ok()) << bad.text;
    EXPECT_EQ(command.status().code(), Code::kBadParameter);
    EXPECT_THAT(command.status().explanation(), HasSubstr(bad.what)) << bad.text;
  }
}

}  // namespace
}  // namespace saywell
