#include "text/lexicon.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "text/test_models.h"

namespace saywell {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string dictionary_content() {
  std::ifstream file(test_model_dir() + "/cmudict.js", std::ios::binary);
  std::ostringstream content;
  content << file.rdbuf();
  return std::move(content).str();
}

std::vector<std::string> variants(std::string_view word) {
  std::vector<std::string> texts;
  for (const Pronunciation& variant : test_lexicon().find(word))
    texts.push_back(arpabet_text(variant));
  return texts;
}

std::string refusal(std::string_view content) {
  const auto lexicon = Lexicon::parse(content, "some.js");
  if (lexicon.ok()) return "accepted";
  EXPECT_EQ(lexicon.status().code(), Code::kKernelUnavailable);
  return lexicon.status().explanation();
}

TEST(Lexicon, FindsAllVariantsWithTheirStress) {
  EXPECT_THAT(variants("call"), ElementsAre("k ao1 l"));
  EXPECT_THAT(variants("live"), ElementsAre("l ay1 v", "l ih1 v"));
  EXPECT_THAT(variants("don't"), ElementsAre("d ow1 n t", "d ow1 n"));
  EXPECT_THAT(variants("aalto"), ElementsAre("aa1 l t ow2"));  // has a comment
  EXPECT_TRUE(variants("xqzt").empty());
  EXPECT_TRUE(variants("").empty());
}

TEST(Lexicon, VariantsThatSoundAlikeAreOne) {
  EXPECT_THAT(variants("the"), ElementsAre("dh ah0", "dh iy0"));
  EXPECT_EQ(variants("banshee").size(), 2u);  // stress differs in a word of two syllables
}

TEST(Lexicon, EveryEntryOfTheFileIsFound) {
  std::istringstream lines(dictionary_content());
  std::size_t entries = 0;
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("  \"")) continue;
    std::string word = line.substr(3, line.find('"', 3) - 3);
    const std::size_t open = word.find('(');
    if (open != std::string::npos && open > 0) word.resize(open);
    ASSERT_FALSE(test_lexicon().find(word).empty()) << word;
    ++entries;
  }
  EXPECT_EQ(entries, test_lexicon().entry_count());
  EXPECT_GT(entries, 130'000u);
}

TEST(Lexicon, MissingOrDamagedFilesAreNamed) {
  const auto missing = Lexicon::load("/nonexistent/cmudict.js");
  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(missing.status().code(), Code::kKernelUnavailable);
  EXPECT_THAT(missing.status().explanation(), HasSubstr("/nonexistent/cmudict.js"));
  const auto directory = Lexicon::load(test_model_dir());
  ASSERT_FALSE(directory.ok());
  const std::string content = dictionary_content();
  EXPECT_THAT(refusal(content.substr(0, content.size() / 2)), HasSubstr("'some.js'"));
  EXPECT_THAT(refusal(content.substr(0, content.rfind('}'))), HasSubstr("cut short"));
  EXPECT_THAT(refusal(""), HasSubstr("cut short"));
  EXPECT_THAT(refusal(std::string(1000, '\0')), HasSubstr("cut short"));
  EXPECT_THAT(refusal("export const dictionary = {\n  \"a\": \"AH0\"\n}\n"),
              HasSubstr("only 1 entries"));
}

TEST(Lexicon, MalformedEntriesAreRefusedWithTheirLine) {
  for (const char* entry :
       {"\"a\": \"QQ1\",", "\"a\": \"AH3\",", "\"a\": \"AH\",", "\"a\": \"K0\",", "\"a\": \"\",",
        "\"\": \"AH0\",", "\"a\"", "\"a\": AH0", "\"a", "\"a\": \"AH0\" x"}) {
    EXPECT_THAT(refusal(std::string("{\n  ") + entry + "\n}\n"), HasSubstr("line 2")) << entry;
  }
}

}  // namespace
}  // namespace saywell
