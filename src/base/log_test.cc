#include "base/log.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

namespace saywell {
namespace {

// Collects lines while it lives, then silences the log again.
class LogTest : public testing::Test {
 protected:
  void collect(LogLevel level) {
    log_to([this](LogLevel, std::string_view message) { lines_.emplace_back(message); }, level);
  }
  ~LogTest() override {
    log_to([](LogLevel, std::string_view) {}, LogLevel::kOff);
  }

  std::vector<std::string> lines_;
};

TEST_F(LogTest, IsSilentUnlessAskedTo) { EXPECT_FALSE(log_enabled(LogLevel::kError)); }

TEST_F(LogTest, WritesTheLevelAskedForAndMoreSeriousLines) {
  collect(LogLevel::kWarning);
  log_line(LogLevel::kError, "one");
  log_line(LogLevel::kWarning, "two {}");  // braces are text, no format
  log_line(LogLevel::kInfo, "three");
  EXPECT_EQ(lines_, (std::vector<std::string>{"one", "two {}"}));
  EXPECT_FALSE(log_enabled(LogLevel::kInfo));
}

TEST_F(LogTest, AnIncidentIsFoundByItsId) {
  collect(LogLevel::kError);
  const std::string first = log_incident("the model gave no output");
  const std::string second = log_incident("again");
  EXPECT_NE(first, second);
  EXPECT_EQ(first.size(), 12u);
  ASSERT_EQ(lines_.size(), 2u);
  EXPECT_EQ(lines_[0], "incident " + first + ": the model gave no output");
}

TEST_F(LogTest, LinesOfSeveralThreadsAllArrive) {
  collect(LogLevel::kInfo);
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([] {
      for (int i = 0; i < 100; ++i) log_line(LogLevel::kInfo, "line");
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(lines_.size(), 400u);
}

TEST(LogLevels, AreReadByName) {
  EXPECT_EQ(parse_log_level("warning"), LogLevel::kWarning);
  EXPECT_EQ(parse_log_level("off"), LogLevel::kOff);
  EXPECT_EQ(parse_log_level("loud"), std::nullopt);
}

}  // namespace
}  // namespace saywell
