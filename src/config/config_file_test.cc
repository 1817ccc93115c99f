#include "config/config_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "config/config_options.h"

namespace saywell {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class ConfigFile : public ::testing::Test {
 protected:
  std::string written(const std::string& text) {
    path_ = std::filesystem::temp_directory_path() / "saywell_config_test.toml";
    std::ofstream(path_, std::ios::binary) << text;
    return path_;
  }
  void TearDown() override {
    if (!path_.empty()) std::filesystem::remove(path_);
  }

  std::filesystem::path path_;
};

TEST_F(ConfigFile, ShippedFileIsTheDefaults) {
  const std::string shipped = read_file(SAYWELL_SOURCE_DIR "/config/saywell.toml");
  EXPECT_EQ(shipped, config_toml(ServerConfig()));
  ServerConfig config;
  for (const ConfigOption& option : config_options()) {
    if (const auto* number = std::get_if<NumberOption>(&option.kind)) number->of(config) = -1;
  }
  ASSERT_TRUE(apply_config_text(shipped, config).ok());
  EXPECT_EQ(config, ServerConfig());
}

TEST_F(ConfigFile, ReadsWhatItWrites) {
  ServerConfig config;
  config.http_port = 81;
  config.limits.store = false;
  config.data_dir = "a \"quoted\"\\ folder\twith\n\x01\x7f lines";
  config.limits.cors_origins = {"https://a.example", "https://b.example"};
  ServerConfig again;
  ASSERT_TRUE(apply_config_text(config_toml(config), again).ok());
  EXPECT_EQ(again, config);
}

TEST_F(ConfigFile, FlagsOverEnvironmentOverFile) {
  ConfigSources sources;
  sources.file = written("http_port = 1001\nrtmp_port = 1002\nqueue_length = 3\n");
  const std::map<std::string, std::string> variables = {{"SAYWELL_HTTP_PORT", "2001"},
                                                        {"SAYWELL_RTMP_PORT", "2002"}};
  sources.environment = [&](const std::string& name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    if (found == variables.end()) return std::nullopt;
    return found->second;
  };
  sources.flags = {{"http_port", "3001"}};
  const Result<ServerConfig> config = load_server_config(sources);
  ASSERT_TRUE(config.ok()) << config.status().explanation();
  EXPECT_EQ(config->http_port, 3001);
  EXPECT_EQ(config->rtmp_port, 2002);
  EXPECT_EQ(config->queue_length, 3);
}

TEST_F(ConfigFile, NamesEveryMistakeOfEverySource) {
  ConfigSources sources;
  sources.file = written(
      "htp_port = 80\nqueue_length = \"many\"\nstore = 1\ncors_origins = [1]\n"
      "worker_threads = 2.5\ndeadline_ms = 5\n[tls]\ncert = \"x\"\n");
  sources.environment = [](const std::string& name) -> std::optional<std::string> {
    if (name != "SAYWELL_AUDIT_DAYS") return std::nullopt;
    return "some";
  };
  sources.flags = {{"bind", ""}, {"prot", "1"}};
  const Status status = load_server_config(sources).status();
  EXPECT_EQ(status.code(), Code::kBadParameter);
  for (const char* sentence :
       {"line 1: htp_port: unknown option; is 'http_port' meant?",
        "line 2: queue_length: a whole number from 1 to 100000 is expected, not \"many\"",
        "line 3: store: true or false is expected, not 1",
        "line 4: cors_origins: a list of texts is expected, not [ 1 ]",
        "line 5: worker_threads: a whole number from 0 to 1024 is expected, not 2.5",
        "line 6: deadline_ms: a whole number from 100 to 86400000 is expected, not '5'",
        "line 7: tls: unknown option",
        "SAYWELL_AUDIT_DAYS: audit_days: a whole number from 0 to 36500 is expected, not 'some'",
        "bind: an address or auto is expected, not ''", "prot: unknown option"}) {
    EXPECT_THAT(status.explanation(), HasSubstr(sentence));
  }
}

TEST_F(ConfigFile, SaysWhereTheFileIsNoToml) {
  ConfigSources sources;
  sources.file = written("http_port = 80\nrtmp_port 5\n");
  EXPECT_THAT(load_server_config(sources).status().explanation(), HasSubstr("line 2: "));
  sources.file = written("http_port = 80\nhttp_port = 81\n");
  EXPECT_EQ(load_server_config(sources).status().code(), Code::kBadParameter);
  sources.file = written("bind = \"\xff\"\n");
  EXPECT_EQ(load_server_config(sources).status().code(), Code::kBadParameter);
  sources.file = written("bind = " + std::string(100'000, '['));
  EXPECT_EQ(load_server_config(sources).status().code(), Code::kBadParameter);
  sources.file = written(std::string(1'000'001, '#'));
  EXPECT_THAT(load_server_config(sources).status().explanation(), HasSubstr("more than 1 MB"));
}

TEST_F(ConfigFile, AMissingFileAndAFolder) {
  ConfigSources sources;
  sources.file = "no/such/file.toml";
  EXPECT_EQ(load_server_config(sources).status().code(), Code::kFileMissing);
  sources.file = std::filesystem::temp_directory_path();
  EXPECT_EQ(load_server_config(sources).status().code(), Code::kFileUnreadable);
}

TEST_F(ConfigFile, WithoutSourcesTheDefaults) {
  const Result<ServerConfig> config = load_server_config({});
  ASSERT_TRUE(config.ok());
  EXPECT_EQ(*config, ServerConfig());
}

}  // namespace
}  // namespace saywell
