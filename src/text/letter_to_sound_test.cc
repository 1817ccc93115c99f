#include "text/letter_to_sound.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

namespace saywell {
namespace {

const std::vector<std::string>& invented_words() {
  static const std::vector<std::string> words = {
      "zuckerberg", "blorf", "covid",      "selfies", "eeyore", "wuggled", "tiktok", "vape",
      "snorplax",   "qi",    "flimmering", "yabbish", "zoomy",  "grintle", "ploob"};
  return words;
}

TEST(LetterToSound, GuessesInventedWords) {
  EXPECT_EQ(arpabet_text(*spelling_to_phones("blorf")), "b l ao1 r f");
  EXPECT_EQ(arpabet_text(*spelling_to_phones("zuckerberg")), "z ah1 k er0 b er0 g");
}

TEST(LetterToSound, StressIsOnVowelsAloneAndOnePrimaryIsThere) {
  for (const std::string& word : invented_words()) {
    const auto guess = spelling_to_phones(word);
    ASSERT_TRUE(guess) << word;
    ASSERT_EQ(guess->phones.size(), guess->stress.size());
    EXPECT_GT(std::count(guess->stress.begin(), guess->stress.end(), 1), 0) << word;
    for (std::size_t i = 0; i < guess->phones.size(); ++i) {
      EXPECT_TRUE(is_vowel(guess->phones[i]) || guess->stress[i] == 0) << word;
    }
  }
}

TEST(LetterToSound, RefusesWhatIsNoWord) {
  for (const std::string word : {"", "xqzt", "hmm", "Caps", "it's", "a b", "caf\xC3\xA9", "5"}) {
    EXPECT_FALSE(spelling_to_phones(word)) << word;
  }
  EXPECT_TRUE(spelling_to_phones(std::string(kLongestSpelling, 'a')));
  EXPECT_FALSE(spelling_to_phones(std::string(kLongestSpelling + 1, 'a')));
}

TEST(LetterToSound, ThreadsGetWhatOneThreadGets) {
  std::vector<Pronunciation> expected;
  for (const std::string& word : invented_words()) expected.push_back(*spelling_to_phones(word));
  std::vector<int> differences(8, 0);
  std::vector<std::thread> threads;
  for (int& count : differences) {
    threads.emplace_back([&count, &expected] {
      for (int round = 0; round < 50; ++round) {
        for (std::size_t i = 0; i < expected.size(); ++i) {
          if (spelling_to_phones(invented_words()[i]) != expected[i]) ++count;
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(differences, std::vector<int>(8, 0));
}

}  // namespace
}  // namespace saywell
