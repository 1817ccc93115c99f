#include "mandarin/word_segmentation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace saywell {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(WordSegmentation, FewestWordsOfLikeLength) {
  const std::set<std::string_view> words = {"研究", "研究生", "生命", "起源"};
  const auto is_word = [&](std::string_view word) { return words.contains(word); };
  EXPECT_THAT(segment_words("研究生命起源", 10, is_word), ElementsAre(2, 2, 2));
  EXPECT_THAT(segment_words("研究生好", 10, is_word), ElementsAre(3, 1));
  EXPECT_THAT(segment_words("研究生", 2, is_word), ElementsAre(2, 1));
  EXPECT_THAT(segment_words("", 10, is_word), IsEmpty());
}

}  // namespace
}  // namespace saywell
