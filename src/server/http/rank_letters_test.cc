#include "server/http/rank_letters.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

namespace saywell {
namespace {

TEST(RankLetters, ScoresBecomeLettersAndNothingElseDoes) {
  boost::json::value result = boost::json::parse(
      R"({"rank": 4, "overall": 4, "pron": 3, "fluency": {"overall": 2, "speed": 4},
          "rhythm": null, "details": [{"char": "a", "score": 0, "fluency": 1, "start": 3,
          "stress": [{"ref": 1, "score": 4}], "phone": [{"score": 1, "pherr": 0}]}]})");
  scores_to_letters(result);
  EXPECT_EQ(result,
            boost::json::parse(
                R"({"rank": 4, "overall": "A", "pron": "B", "fluency": {"overall": "C", "speed": 4},
          "rhythm": null, "details": [{"char": "a", "score": "D", "fluency": "D", "start": 3,
          "stress": [{"ref": 1, "score": "A"}], "phone": [{"score": "D", "pherr": 0}]}]})"));
}

}  // namespace
}  // namespace saywell
