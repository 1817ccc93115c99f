#include "text/normalise.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "text/abbreviations.h"
#include "text/test_models.h"
#include "text/unicode_text.h"

namespace saywell {
namespace {

std::string text_of(const Words& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

std::vector<Readings> readings_of(const std::string& text) {
  const auto tokens = split_reference_text(text);
  EXPECT_TRUE(tokens.ok()) << text;
  if (!tokens.ok()) return {};
  std::vector<std::string> folded;
  for (const WrittenToken& token : *tokens) folded.push_back(fold_to_ascii(token.display));
  TokenContext context;
  context.all_capitals = text.find_first_of("abcdefghijklmnopqrstuvwxyz") == std::string::npos;
  context.is_known = [](std::string_view word) { return test_lexicon().contains(word); };
  std::vector<Readings> all;
  for (std::size_t i = 0; i < folded.size(); ++i) {
    context.previous = i > 0 ? std::string_view(folded[i - 1]) : "";
    context.next = i + 1 < folded.size() ? std::string_view(folded[i + 1]) : "";
    all.push_back(normalise_token(folded[i], context));
  }
  return all;
}

std::string trimmed(const std::string& text) {
  const std::size_t first = text.find_first_not_of(' ');
  return first == std::string::npos ? ""
                                    : text.substr(first, text.find_last_not_of(' ') - first + 1);
}

// Cuts at a separator between blanks.
std::vector<std::string> cut(const std::string& text, char separator) {
  std::vector<std::string> parts;
  for (const std::string& part : split(text, separator)) parts.push_back(trimmed(part));
  return parts;
}

TEST(Normalise, ReadsEveryCaseOfTheTable) {
  std::ifstream file(SAYWELL_SOURCE_DIR "/src/text/testdata/normalise_cases.tsv");
  ASSERT_TRUE(file);
  int cases = 0;
  for (std::string line; std::getline(file, line);) {
    const std::size_t tab = line.find('\t');
    if (tab == std::string::npos) continue;
    const std::string input = line.substr(0, tab);
    const std::vector<std::string> expected = cut(line.substr(tab + 1), '/');
    const std::vector<Readings> read = readings_of(input);
    ASSERT_EQ(read.size(), expected.size()) << input;
    for (std::size_t i = 0; i < read.size(); ++i) {
      std::vector<std::string> texts;
      for (const Words& words : read[i]) texts.push_back(text_of(words));
      const std::vector<std::string> wanted = cut(expected[i], '|');
      ASSERT_FALSE(texts.empty()) << input;
      EXPECT_EQ(texts[0], wanted[0]) << input;
      for (const std::string& want : wanted) {
        EXPECT_NE(std::find(texts.begin(), texts.end(), want), texts.end())
            << input << ": " << want;
      }
    }
    ++cases;
  }
  EXPECT_GT(cases, 90);
}

TEST(Normalise, ReadingsAreFewAndDiffer) {
  for (const char* text :
       {"1,234-5,678", "3/4/2024", "192.168.100.105", "$1,234.56", "a-b-c/d-e/f", "1.2.3.4.5.6"}) {
    for (const Readings& readings : readings_of(text)) {
      EXPECT_LE(readings.size(), kMaxReadings) << text;
      for (std::size_t i = 0; i < readings.size(); ++i) {
        EXPECT_EQ(std::count(readings.begin(), readings.end(), readings[i]), 1) << text;
      }
    }
  }
}

TEST(Normalise, WhatNobodyCanReadHasNoReading) {
  for (const char* text : {"xqzt", "brrr", "привет", "你好", "😀", "hello😀", "αβ", "٣"}) {
    EXPECT_TRUE(readings_of("some " + std::string(text)).at(1).empty()) << text;
  }
}

TEST(Normalise, LongNumbersStayReadable) {
  const std::string digits(150, '7');
  EXPECT_EQ(readings_of(digits).at(0).at(0).size(), 150u);
  EXPECT_EQ(readings_of("$" + digits).at(0).at(0).size(), 151u);
  EXPECT_FALSE(readings_of(digits + ":" + "30").at(0).empty());
  EXPECT_FALSE(readings_of("1/" + digits).at(0).empty());
  EXPECT_FALSE(readings_of(digits + "th").at(0).empty());
}

}  // namespace
}  // namespace saywell
