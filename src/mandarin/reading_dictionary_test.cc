#include "mandarin/reading_dictionary.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mandarin/testing/front_end_for_tests.h"

namespace saywell {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::vector<std::string> readings(const ReadingDictionary& dictionary, std::string_view word) {
  std::vector<std::string> all;
  for (const Reading& reading : dictionary.find(word)) {
    std::string line;
    for (const PackedSyllable syllable : reading) {
      if (!line.empty()) line += ' ';
      line += syllable.is_erhua() ? "r" : pinyin_of(syllable.syllable());
    }
    all.push_back(line);
  }
  return all;
}

constexpr std::string_view kSmall =
    "export default {\"all\":["
    "[\"長\",\"长\",\"chang2\",\"long\",[],[]],[\"長\",\"长\",\"zhang3\",[\"chief "
    "\\\"a\\\"\",\"b]\"],[],[]],"
    "[\"校長\",\"校长\",\"xiao4 zhang3\",\"head\",[],[]],[\"花兒\",\"花儿\",\"hua1 "
    "r5\",\"flower\",[],[]],"
    "[\"3C\",\"3C\",\"san1 "
    "C\",\"electronics\",[],[]],[\"女\",\"女\",\"nu:3\",\"woman\",[],[]]]};\n";

constexpr std::string_view kRare =
    "import { x } from 'y';\n\nconst map = {\n    'bǎng páng': ['膀'],\n    lǘ: [\n        '𦝼',\n"
    "        '女',\n    ],\n    ń: ['嗯'],\n};\nconst DICT1 = [];\n";

TEST(ReadingDictionary, ReadsBothScripts) {
  const auto dictionary = ReadingDictionary::parse(kSmall, kRare, "small");
  ASSERT_TRUE(dictionary.ok()) << dictionary.status().message();
  // One word has zhang3, none chang2.
  EXPECT_THAT(readings(*dictionary, "长"), ElementsAre("zhang3", "chang2"));
  EXPECT_THAT(readings(*dictionary, "長"), ElementsAre("zhang3", "chang2"));
  EXPECT_THAT(readings(*dictionary, "校長"), ElementsAre("xiao4 zhang3"));
  EXPECT_THAT(readings(*dictionary, "花儿"), ElementsAre("hua1 r"));
  EXPECT_THAT(readings(*dictionary, "女"), ElementsAre("nv3"));
  EXPECT_FALSE(dictionary->contains("3C"));
  EXPECT_THAT(readings(*dictionary, "膀"), ElementsAre("bang3", "pang2"));
  EXPECT_THAT(readings(*dictionary, "𦝼"), ElementsAre("lv2"));
  EXPECT_FALSE(dictionary->contains("嗯"));
  EXPECT_EQ(dictionary->simplified(U'長'), U'长');
  EXPECT_EQ(dictionary->simplified(U'女'), U'女');
}

TEST(ReadingDictionary, DamagedFilesAreRefused) {
  for (std::size_t cut = 0; cut + 4 < kSmall.size(); cut += 7) {
    const auto dictionary = ReadingDictionary::parse(kSmall.substr(0, cut), kRare, "cut");
    ASSERT_FALSE(dictionary.ok()) << cut;
    EXPECT_EQ(dictionary.status().code(), Code::kKernelUnavailable);
    EXPECT_THAT(dictionary.status().detail(), HasSubstr("cut"));
  }
  EXPECT_FALSE(ReadingDictionary::parse(kSmall, kRare.substr(0, 100), "cut").ok());
  const auto missing = ReadingDictionary::load("no/such/folder");
  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(missing.status().code(), Code::kKernelUnavailable);
}

TEST(ReadingDictionary, UsualReadingsComeFirst) {
  const auto dictionary = ReadingDictionary::load(mandarin_model_dir());
  ASSERT_TRUE(dictionary.ok()) << dictionary.status().message();
  EXPECT_EQ(readings(*dictionary, "末").front(), "mo4");
  EXPECT_EQ(readings(*dictionary, "咖").front(), "ka1");
  EXPECT_EQ(readings(*dictionary, "鸟").front(), "niao3");
  EXPECT_THAT(readings(*dictionary, "你好"), ElementsAre("ni3 hao3"));
  std::size_t words = 0;
  dictionary->for_each([&](std::string_view, const Reading& reading) {
    ASSERT_FALSE(reading.empty());
    ++words;
  });
  EXPECT_GT(words, 150'000U);
}

}  // namespace
}  // namespace saywell
