#include "store/files/safe_name.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>

namespace saywell {
namespace {

TEST(SafeName, PlainNamesStayAsTheyAre) {
  for (const char* name : {"anna", "aistream.enscore", "A-b_9", "a..b"}) {
    EXPECT_EQ(safe_file_name(name), name);
  }
}

TEST(SafeName, PathTricksBecomeNames) {
  const std::map<std::string, std::string> cases = {
      {"", "%"},
      {".", "%2E"},
      {"..", "%2E."},
      {"../../etc/passwd", "%2E.%2F..%2Fetc%2Fpasswd"},
      {".hidden", "%2Ehidden"},
      {"a/b", "a%2Fb"},
      {"a\\b", "a%5Cb"},
      {std::string("a\0b", 3), "a%00b"},
      {"%2E", "%252E"},
      {"~", "%7E"},
      {"\xc3\xbc", "%C3%BC"},
      {"C:", "C%3A"},
      {"a b\n", "a%20b%0A"}};
  for (const auto& [text, name] : cases) EXPECT_EQ(safe_file_name(text), name) << text;
}

TEST(SafeName, LongNamesAreCutAndStillDiffer) {
  const std::string one(256, '/'), other = std::string(255, '/') + ".";
  EXPECT_LE(safe_file_name(one).size(), 120u);
  EXPECT_NE(safe_file_name(one), safe_file_name(other));
  EXPECT_EQ(safe_file_name(std::string(120, 'a')), std::string(120, 'a'));
  EXPECT_NE(safe_file_name(std::string(121, 'a')), safe_file_name(std::string(122, 'a')));
}

TEST(SafeName, DifferentTextsHaveDifferentNames) {
  // Few letters and short texts, so that a collision would be found.
  std::mt19937 random(7);
  constexpr std::string_view kLetters("a.%~/2E\0\xff", 9);
  std::map<std::string, std::string> text_of;
  for (int i = 0; i < 20'000; ++i) {
    std::string text(random() % 6 + (i % 10 == 0 ? 118 : 0), 'a');
    for (char& letter : text) letter = kLetters[random() % kLetters.size()];
    const std::string name = safe_file_name(text);
    EXPECT_TRUE(text_of.emplace(name, text).first->second == text) << name;
    EXPECT_EQ(name.find_first_of(std::string("/\\\0", 3)), std::string::npos);
    EXPECT_FALSE(name.empty() || name.front() == '.' || name.size() > 120) << name;
  }
}

TEST(SafeName, RecordIdsAndExtensions) {
  for (const char* id : {"a", "A-b_9", "0123456789abcdef0123456789abcdef"}) {
    EXPECT_TRUE(is_record_id(id));
  }
  for (const std::string& id :
       {std::string(), std::string("a.b"), std::string("a/b"), std::string("\xc3\xbc"),
        std::string("a\0", 2), std::string("a "), std::string(65, 'a')}) {
    EXPECT_FALSE(is_record_id(id)) << id;
  }
  EXPECT_TRUE(is_record_id(std::string(64, 'a')));
  EXPECT_TRUE(is_extension("flv"));
  for (const char* extension : {"", "FLV", "a.b", "../x", "ninechars"}) {
    EXPECT_FALSE(is_extension(extension)) << extension;
  }
}

}  // namespace
}  // namespace saywell
