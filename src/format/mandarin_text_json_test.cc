#include "format/mandarin_text_json.h"

#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>

namespace saywell {
namespace {

TEST(MandarinTextJson, WritesPinyinBeforeAndAfterSandhi) {
  MandarinSyllable syllable;
  syllable.hanzi = "你";
  syllable.end = 3;
  syllable.written = *parse_syllable("ni3");
  syllable.tone = 2;
  syllable.accepted.set(2);
  syllable.accepted.set(3);
  EXPECT_EQ(boost::json::serialize(mandarin_text_to_json({{syllable}})),
            R"({"language":"cn","syllables":[{"hanzi":"你","pinyin":"ni3","spoken":"ni2","tone":2,)"
            R"("accepted":[2,3],"sounds":["n","i"],"begin":0,"end":3,"given":false,)"
            R"("wordEnd":false,"pauseAfter":false,"sentenceEnd":false}]})");
}

TEST(MandarinTextJson, PinyinHasNoHanzi) {
  MandarinSyllable syllable;
  syllable.written = *parse_syllable("zhi1");
  const auto json = mandarin_text_to_json({{syllable}});
  EXPECT_TRUE(json.at("syllables").at(0).at("hanzi").is_null());
  EXPECT_EQ(json.at("syllables").at(0).at("sounds").at(1), "ix");
}

}  // namespace
}  // namespace saywell
