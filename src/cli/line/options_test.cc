#include "cli/line/options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <initializer_list>

namespace saywell::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::internal::CaptureStderr;
using testing::internal::CaptureStdout;
using testing::internal::GetCapturedStderr;
using testing::internal::GetCapturedStdout;

class Options : public testing::Test {
 protected:
  // The result of parse() for the sub-command with these words; its output is in `printed`.
  std::optional<bool> parse(std::initializer_list<const char*> words) {
    std::vector<const char*> arguments = {"program", "sub"};
    arguments.insert(arguments.end(), words);
    return parse_line(arguments);
  }
  std::optional<bool> parse_line(const std::vector<const char*>& arguments) {
    CaptureStdout();
    CaptureStderr();
    const auto answer = line.parse(static_cast<int>(arguments.size()), arguments.data());
    printed = GetCapturedStdout() + GetCapturedStderr();
    return answer;
  }

  CommandLine line{"What it does.", "1.2.3"};
  OptionSet sub = line.options().add_subcommand("sub", "What sub does");
  std::string printed;
};

TEST_F(Options, ValuesOfEveryType) {
  std::string text;
  double number = 0;
  std::size_t count = 0;
  std::optional<int> maybe, absent;
  std::vector<std::string> many;
  bool flag = false;
  sub.add_option("NAME", text);
  sub.add_option("--number", number);
  sub.add_option("--count,-c", count);
  sub.add_option("--maybe", maybe);
  sub.add_option("--absent", absent);
  sub.add_option("--many", many);
  sub.add_flag("--flag", flag);
  EXPECT_EQ(
      parse({"name", "--number", "1.5", "-c", "7", "--maybe=4", "--flag", "--many", "a", "b"}),
      true);
  EXPECT_EQ(text, "name");
  EXPECT_EQ(number, 1.5);
  EXPECT_EQ(count, 7u);
  EXPECT_EQ(maybe, 4);
  EXPECT_EQ(absent, std::nullopt);
  EXPECT_THAT(many, ElementsAre("a", "b"));
  EXPECT_TRUE(flag);
  EXPECT_TRUE(sub.parsed());
  EXPECT_EQ(parse({"--number", "x"}), std::nullopt);
  EXPECT_THAT(printed, HasSubstr("--number"));
}

TEST_F(Options, HelpAndVersionEndTheProgram) {
  std::string format = "table";
  sub.add_option("--format", format, "How").one_of({"table", "json"}).show_default();
  sub.footer("Examples: many");
  EXPECT_EQ(parse({"--help"}), false);
  for (const char* part : {"What sub does", "--format", "How", "=table", "Examples: many"}) {
    EXPECT_THAT(printed, HasSubstr(part));
  }
  EXPECT_EQ(parse_line({"program", "--version"}), false);
  EXPECT_THAT(printed, HasSubstr("1.2.3"));
  EXPECT_EQ(parse_line({"program"}), std::nullopt);
}

TEST_F(Options, WhatIsRequiredAndWhatIsAllowed) {
  std::string text, format;
  std::size_t jobs = 1;
  sub.add_option("--text", text).required();
  sub.add_option("--format", format).one_of({"table", "json"});
  sub.add_option("--jobs", jobs).in_range(std::size_t{1}, std::size_t{4});
  EXPECT_EQ(parse({}), std::nullopt);
  EXPECT_THAT(printed, HasSubstr("--text is required"));
  EXPECT_EQ(parse({"--text", "a", "--format", "xml"}), std::nullopt);
  EXPECT_EQ(parse({"--text", "a", "--jobs", "5"}), std::nullopt);
  EXPECT_EQ(parse({"--text", "a", "--format", "json", "--jobs", "4"}), true);
}

TEST_F(Options, OptionsThatNeedOrExcludeOthers) {
  std::string token, application, secret;
  const Option token_option = sub.add_option("--token", token).environment("OPTIONS_TEST_TOKEN");
  const Option secret_option = sub.add_option("--secret", secret);
  sub.add_option("--application", application).needs(secret_option).excludes(token_option);
  EXPECT_EQ(parse({"--application", "a"}), std::nullopt);
  EXPECT_EQ(parse({"--application", "a", "--secret", "s", "--token", "t"}), std::nullopt);
  EXPECT_EQ(parse({"--application", "a", "--secret", "s"}), true);
  ASSERT_EQ(setenv("OPTIONS_TEST_TOKEN", "given", 1), 0);
  EXPECT_EQ(parse({}), true);
  EXPECT_EQ(token, "given");
  unsetenv("OPTIONS_TEST_TOKEN");
}

TEST_F(Options, AValueThatMayBeAbsent) {
  std::vector<std::string> values;
  sub.add_option_function(
         "--tls", [&values](const std::string& value) { values.push_back(value); }, "Whether")
      .heading("Network")
      .value_may_be_absent("true", "[true or false]=false");
  EXPECT_EQ(parse({"--tls"}), true);
  EXPECT_EQ(parse({"--tls=false"}), true);
  EXPECT_EQ(parse({"--tls", "false"}), true);
  EXPECT_THAT(values, ElementsAre("true", "false", "false"));
  EXPECT_EQ(parse({"--help"}), false);
  EXPECT_THAT(printed, HasSubstr("Network"));
  EXPECT_THAT(printed, HasSubstr("[true or false]=false"));
}

TEST_F(Options, OneOfAGroup) {
  std::optional<std::string> text, file;
  OptionSet group = sub.add_group("text", "One of them");
  group.add_option("--text", text);
  group.add_option("--file", file);
  group.require_one_option();
  EXPECT_EQ(parse({}), std::nullopt);
  EXPECT_EQ(parse({"--text", "a", "--file", "b"}), std::nullopt);
  EXPECT_EQ(parse({"--file", "b"}), true);
}

TEST_F(Options, SubCommandsOfASubCommand) {
  std::string folder;
  sub.add_option("--folder", folder);
  sub.require_subcommand();
  sub.accept_options_of_parent();
  const OptionSet list = sub.add_subcommand("list", "Lists them");
  const OptionSet hidden = sub.add_subcommand("secret", "Nobody sees it");
  OptionSet(hidden).hide();
  EXPECT_EQ(parse({}), std::nullopt);
  EXPECT_EQ(parse({"list", "--folder", "there"}), true);
  EXPECT_EQ(folder, "there");
  EXPECT_TRUE(list.parsed());
  EXPECT_FALSE(hidden.parsed());
  EXPECT_EQ(parse({"--help"}), false);
  EXPECT_THAT(printed, HasSubstr("Lists them"));
  EXPECT_THAT(printed, testing::Not(HasSubstr("Nobody sees it")));
}

}  // namespace
}  // namespace saywell::cli
