#include "text/text_front_end.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <thread>

#include "text/test_models.h"

namespace saywell {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

using GivenLists = std::vector<std::vector<std::string>>;

std::vector<std::string> variants(const SpokenWord& word) {
  std::vector<std::string> texts;
  for (const Pronunciation& variant : word.variants) texts.push_back(arpabet_text(variant));
  return texts;
}

Token only_token(const std::string& text) {
  const auto result = test_front_end().text_to_pronunciations(text);
  EXPECT_TRUE(result.ok()) << result.status().explanation();
  return result.ok() ? result->tokens.at(0) : Token{};
}

Status refusal(const std::string& text) {
  return test_front_end().text_to_pronunciations(text).status();
}

TEST(TextFrontEnd, WeakFormsAreRightWithinAPhrase) {
  const auto text = test_front_end().text_to_pronunciations("He might have. Have you?");
  ASSERT_TRUE(text.ok());
  EXPECT_THAT(variants(text->tokens[2].readings[0][0]), ElementsAre("hh ae1 v", "ah0 v"));
  EXPECT_THAT(variants(text->tokens[3].readings[0][0]), ElementsAre("hh ae1 v"));
  EXPECT_THAT(variants(only_token("have").readings[0][0]), ElementsAre("hh ae1 v"));
}

TEST(TextFrontEnd, WordsGetAllVariants) {
  const auto text = test_front_end().text_to_pronunciations("We live here.");
  ASSERT_TRUE(text.ok());
  ASSERT_EQ(text->tokens.size(), 3u);
  const Token& live = text->tokens[1];
  EXPECT_EQ(live.display, "live");
  EXPECT_EQ(live.begin, 3u);
  EXPECT_EQ(live.end, 7u);
  EXPECT_THAT(variants(live.readings.at(0).at(0)), ElementsAre("l ay1 v", "l ih1 v"));
  EXPECT_TRUE(live.readings[0][0].from_dictionary);
  EXPECT_TRUE(text->tokens[2].sentence_end);
}

TEST(TextFrontEnd, SpelledLettersHaveTheirNames) {
  EXPECT_THAT(variants(only_token("A.Z.").readings.at(0).at(0)), ElementsAre("ey1"));
  EXPECT_THAT(variants(only_token("A.Z.").readings.at(0).at(1)), ElementsAre("z iy1", "z eh1 d"));
}

TEST(TextFrontEnd, EndingsFollowTheirStem) {
  const auto ends_with = [](const std::string& word, const std::string& phones) {
    const std::string text = variants(only_token(word).readings.at(0).at(0)).at(0);
    return text.ends_with(phones);
  };
  EXPECT_TRUE(ends_with("blorf's", "f s"));
  EXPECT_TRUE(ends_with("blorg's", "g z"));
  EXPECT_TRUE(ends_with("blorge's", "ih0 z"));
  EXPECT_TRUE(ends_with("blorg'll", "ah0 l"));
  EXPECT_FALSE(only_token("blorg's").readings[0][0].from_dictionary);
}

TEST(TextFrontEnd, MarksArriveOnTheToken) {
  const Token token = only_token("live(z:l ay v|l ih v)(s:1,t:0)");
  EXPECT_TRUE(token.forced);
  EXPECT_EQ(token.stressed, true);
  EXPECT_EQ(token.rising, false);
  EXPECT_EQ(token.linked, std::nullopt);
  ASSERT_EQ(token.readings.size(), 1u);
  EXPECT_THAT(variants(token.readings[0].at(0)), ElementsAre("l ay1 v", "l ih1 v"));
  EXPECT_THAT(variants(only_token("xqzt(z:k ah z)").readings.at(0).at(0)), ElementsAre("k ah1 z"));
}

TEST(TextFrontEnd, UnsupportedTokensAreNamed) {
  for (const std::string token : {"xqzt", "привет", "你好", "😀", "αβγ", "bcdfg", "→"}) {
    const Status status = refusal("We say " + token + " here");
    EXPECT_EQ(status.code(), Code::kUnsupportedWord) << token;
    EXPECT_THAT(status.explanation(), HasSubstr("'" + token + "'"));
  }
}

TEST(TextFrontEnd, BadTextIsRefused) {
  for (const std::string& text :
       {std::string(), std::string("?!"), std::string("a\0b", 3), std::string("\xFF"),
        std::string("word(s:9)"), std::string(70'000, 'a')}) {
    EXPECT_EQ(refusal(text).code(), Code::kBadParameter);
  }
}

TEST(TextFrontEnd, GivenPhonesAreTheOnlyReading) {
  const auto text = test_front_end().text_with_given_phones(
      "We record xqzt.",
      GivenLists{{"W", "IY"}, {"r", "ih", "k", "ao", "r", "d"}, {"k", "ʌ", "z"}});
  ASSERT_TRUE(text.ok()) << text.status().explanation();
  const Token& record = text->tokens[1];
  EXPECT_TRUE(record.forced);
  ASSERT_EQ(record.readings.size(), 1u);
  EXPECT_THAT(variants(record.readings[0].at(0)), ElementsAre("r ih0 k ao1 r d"));
  EXPECT_THAT(variants(text->tokens[2].readings[0].at(0)), ElementsAre("k ah1 z"));
}

TEST(TextFrontEnd, GivenStressOfSeveralWordsIsMatched) {
  const auto text = test_front_end().text_with_given_phones(
      "21", GivenLists{{"t", "w", "eh", "n", "t", "iy", "w", "ah", "n"}});
  ASSERT_TRUE(text.ok());
  EXPECT_THAT(variants(text->tokens[0].readings[0].at(0)), ElementsAre("t w eh1 n t iy0 w ah1 n"));
}

TEST(TextFrontEnd, WrongGivenPhonesAreRefused) {
  const auto detail = [](const GivenLists& phones) {
    const auto text = test_front_end().text_with_given_phones("We call", phones);
    EXPECT_EQ(text.status().code(), Code::kBadParameter);
    return text.status().explanation();
  };
  EXPECT_THAT(detail({{"W", "IY"}}), HasSubstr("for 1 words, but refText has 2"));
  EXPECT_THAT(detail({{"W", "IY"}, {"K", "QQ"}}), HasSubstr("'QQ'"));
  EXPECT_THAT(detail({{"W", "IY"}, {}}), HasSubstr("word 2 'call'"));
  EXPECT_THAT(detail({{"W", "IY"}, std::vector<std::string>(1000, "L")}),
              HasSubstr("more than 200"));
}

TEST(TextFrontEnd, ThreadsShareOneFrontEnd) {
  const std::string sample = "Dr. Blorf paid $12.50 for 3 wuggles at 10:30, didn't he?";
  const auto expected = test_front_end().text_to_pronunciations(sample);
  ASSERT_TRUE(expected.ok());
  std::vector<int> same(4, 0);
  std::vector<std::thread> threads;
  for (int& count : same) {
    threads.emplace_back([&] {
      for (int round = 0; round < 50; ++round) {
        const auto text = test_front_end().text_to_pronunciations(sample);
        bool equal = text.ok() && text->tokens.size() == expected->tokens.size();
        for (std::size_t i = 0; equal && i < text->tokens.size(); ++i) {
          equal = variants(text->tokens[i].readings[0][0]) ==
                  variants(expected->tokens[i].readings[0][0]);
        }
        count += equal ? 1 : 0;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(same, std::vector<int>(4, 50));
}

// Canonical phones of the corpus by "UTT.WORD", without position and stress: "W IY".
std::map<std::string, std::string> canonical_phones(const std::string& path) {
  std::map<std::string, std::string> words;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    std::istringstream fields(line);
    std::string id, phone, phones;
    fields >> id;
    while (fields >> phone) {
      phone = phone.substr(0, phone.find('_'));
      if (!phone.empty() && phone.back() >= '0' && phone.back() <= '2') phone.pop_back();
      phones += (phones.empty() ? "" : " ") + phone;
    }
    words[id] = phones;
  }
  return words;
}

bool has_variant(const Token& token, const std::string& phones) {
  const auto wanted = parse_phone_string(phones);
  if (!wanted.ok() || token.readings.at(0).size() != 1) return false;
  const auto& known = token.readings[0][0].variants;
  return std::any_of(known.begin(), known.end(), [&](const Pronunciation& variant) {
    return variant.phones == wanted->pronunciation.phones;
  });
}

TEST(TextFrontEnd, EveryWordOfTheCorpusHasAPronunciation) {
  const char* corpus = std::getenv("SAYWELL_CORPUS");
  if (corpus == nullptr) GTEST_SKIP() << "SAYWELL_CORPUS is not set";
  const auto canonical = canonical_phones(std::string(corpus) + "/text-phone");
  std::ifstream file(std::string(corpus) + "/text");
  ASSERT_TRUE(file);
  std::size_t words = 0, equal = 0, guessed = 0, utterances = 0;
  for (std::string line; std::getline(file, line); ++utterances) {
    const std::size_t tab = line.find_first_of("\t ");
    const auto text = test_front_end().text_to_pronunciations(line.substr(tab + 1));
    ASSERT_TRUE(text.ok()) << line << ": " << text.status().explanation();
    for (std::size_t i = 0; i < text->tokens.size(); ++i, ++words) {
      const auto found = canonical.find(line.substr(0, tab) + "." + std::to_string(i));
      ASSERT_NE(found, canonical.end()) << line;
      equal += has_variant(text->tokens[i], found->second) ? 1 : 0;
      guessed += text->tokens[i].readings[0][0].from_dictionary ? 0 : 1;
    }
  }
  std::cout << utterances << " utterances, " << words << " words: " << guessed
            << " guessed from spelling, canonical phones are a variant in "
            << 100.0 * static_cast<double>(equal) / static_cast<double>(words) << " %\n";
  EXPECT_EQ(words, canonical.size());
  EXPECT_GT(static_cast<double>(equal), 0.8 * static_cast<double>(words));
}

}  // namespace
}  // namespace saywell
