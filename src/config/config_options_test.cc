#include "config/config_options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace saywell {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(ConfigOptions, EveryOptionHasItsNameOnceAndASentence) {
  std::set<std::string_view> names;
  for (const ConfigOption& option : config_options()) {
    EXPECT_TRUE(names.insert(option.name).second) << option.name;
    EXPECT_TRUE(option.sentence.ends_with('.')) << option.name;
    EXPECT_EQ(find_config_option(option.name), &option);
  }
}

TEST(ConfigOptions, UnitsAgreeWithNames) {
  for (const ConfigOption& option : config_options()) {
    for (const std::string_view unit : {"ms", "s", "bytes", "days"}) {
      EXPECT_EQ(option.name.ends_with("_" + std::string(unit)), option.unit == unit) << option.name;
    }
  }
}

TEST(ConfigOptions, EveryOptionReadsWhatItWrites) {
  ServerConfig changed;
  for (const ConfigOption& option : config_options()) {
    const std::string before = config_option_text(changed, option);
    ASSERT_TRUE(set_config_option(changed, option, before).ok()) << option.name;
    EXPECT_EQ(config_option_text(changed, option), before);
  }
  EXPECT_EQ(changed, ServerConfig());
}

TEST(ConfigOptions, EveryOptionHasAPlaceOfItsOwn) {
  // Setting one option changes that option and no other.
  for (const ConfigOption& option : config_options()) {
    ServerConfig changed;
    const std::string before = config_option_text(changed, option);
    for (const char* text : {"1000", "7", "100000", "200000000", "true", "false", "debug"}) {
      if (set_config_option(changed, option, text).ok() &&
          config_option_text(changed, option) != before) {
        break;
      }
    }
    EXPECT_NE(config_option_text(changed, option), before) << option.name;
    for (const ConfigOption& other : config_options()) {
      if (other.name == option.name) continue;
      EXPECT_EQ(config_option_text(changed, other), config_option_text(ServerConfig(), other))
          << option.name << " changed " << other.name;
    }
  }
}

TEST(ConfigOptions, NamesOfFlagsAndVariables) {
  const ConfigOption* option = find_config_option("http_port");
  ASSERT_NE(option, nullptr);
  EXPECT_EQ(flag_name(*option), "--http-port");
  EXPECT_EQ(environment_name(*option), "SAYWELL_HTTP_PORT");
}

TEST(ConfigOptions, RefusesWhatIsOutOfRangeAndSaysWhatIsAccepted) {
  ServerConfig config;
  const ConfigOption& port = *find_config_option("http_port");
  for (const char* text : {"65536", "-1", "80a", "", "99999999999999999999", "8.0", " 80"}) {
    const Status set = set_config_option(config, port, text);
    EXPECT_EQ(set.code(), Code::kBadParameter) << text;
    EXPECT_EQ(set.explanation(), "http_port: a whole number from 0 to 65535 is expected, not '" +
                                     std::string(text) + "'");
  }
  EXPECT_FALSE(set_config_option(config, *find_config_option("store"), "yes").ok());
  EXPECT_THAT(set_config_option(config, *find_config_option("log_level"), "loud").explanation(),
              HasSubstr("off, error, warning, info or debug is expected, not 'loud'"));
  EXPECT_EQ(config, ServerConfig());
}

TEST(ConfigOptions, ReadsAList) {
  ServerConfig config;
  const ConfigOption& origins = *find_config_option("cors_origins");
  ASSERT_TRUE(set_config_option(config, origins, "https://a.example,,http://b.example:81").ok());
  EXPECT_THAT(config.limits.cors_origins, ElementsAre("https://a.example", "http://b.example:81"));
  ASSERT_TRUE(set_config_option(config, origins, "").ok());
  EXPECT_TRUE(config.limits.cors_origins.empty());
}

std::vector<std::string> sentences(const std::vector<Status>& problems) {
  std::vector<std::string> texts;
  for (const Status& problem : problems) texts.push_back(problem.explanation());
  return texts;
}

TEST(ConfigOptions, ValidateReportsEveryMistake) {
  ServerConfig config;
  config.http_port = 70'000;
  config.queue_length = 0;
  config.log_level = "loud";
  config.data_dir = "";
  config.bind = "";
  config.tls_cert = "cert.pem";
  config.tls_self = true;
  config.token_default_s = config.token_max_s + 1;
  config.limits.cors_origins = {"school.example", "https://school.example/path"};
  EXPECT_THAT(
      sentences(validate(config)),
      ElementsAre("http_port: a whole number from 0 to 65535 is expected, not '70000'",
                  StartsWith("log_level: "), StartsWith("queue_length: "), StartsWith("data_dir: "),
                  StartsWith("bind: "), "tls_cert: give both tls_cert and tls_key, or neither",
                  StartsWith("tls_self: "), StartsWith("token_default_s: "),
                  HasSubstr("'school.example'"), HasSubstr("/path")));
  EXPECT_TRUE(validate(ServerConfig()).empty());
}

TEST(ConfigOptions, OnePortForTwoServersIsAMistake) {
  ServerConfig config;
  config.rtmp_port = config.http_port;
  EXPECT_THAT(sentences(validate(config)), ElementsAre("http_port: rtmp_port is 8080 too"));
  config.rtmp_port = config.http_port = 0;
  EXPECT_TRUE(validate(config).empty());
}

}  // namespace
}  // namespace saywell
