#include "tts/text_to_speech.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <thread>

#include "text/letter_to_sound.h"

namespace saywell {
namespace {

std::vector<float> speech(const std::vector<std::string>& sentences, double speed = 1) {
  Result<std::vector<float>> samples = text_to_speech(sentences, speed);
  EXPECT_TRUE(samples.ok()) << samples.status().explanation();
  return samples.ok() ? *std::move(samples) : std::vector<float>();
}

// Whether both are the same utterance: equally long, and alike except for their noise.
bool same_speech(const std::vector<float>& a, const std::vector<float>& b) {
  if (a.size() != b.size()) return false;
  const double both = std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
  const double power_a = std::inner_product(a.begin(), a.end(), a.begin(), 0.0);
  const double power_b = std::inner_product(b.begin(), b.end(), b.begin(), 0.0);
  return both > 0.95 * std::sqrt(power_a * power_b);
}

TEST(TextToSpeech, SpeaksAtAUsualPaceAndLevel) {
  const std::vector<float> samples = speech({"ten of clubs."});
  const double seconds = static_cast<double>(samples.size()) / 16000;
  EXPECT_GT(seconds, 0.6);
  EXPECT_LT(seconds, 2.5);
  const auto loudest = std::max_element(samples.begin(), samples.end());
  ASSERT_NE(loudest, samples.end());
  EXPECT_GT(*loudest, 0.1F);
  EXPECT_LE(*loudest, 1.0F);
}

TEST(TextToSpeech, SlowerLastsLonger) {
  const auto usual = static_cast<double>(speech({"ten of clubs."}).size());
  EXPECT_GT(static_cast<double>(speech({"ten of clubs."}, 0.6).size()), usual * 1.3);
  EXPECT_LT(static_cast<double>(speech({"ten of clubs."}, 1.4).size()), usual * 0.9);
}

TEST(TextToSpeech, SentencesFollowEachOtherWithAPause) {
  const std::vector<float> first = speech({"well."}), second = speech({"here we are."});
  const std::vector<float> both = speech({"well.", "here we are."});
  ASSERT_GT(both.size(), first.size() + second.size());
  const auto first_size = static_cast<std::ptrdiff_t>(first.size());
  const auto second_size = static_cast<std::ptrdiff_t>(second.size());
  EXPECT_TRUE(same_speech({both.begin(), both.begin() + first_size}, first));
  EXPECT_TRUE(same_speech({both.end() - second_size, both.end()}, second));
}

TEST(TextToSpeech, NothingToSayIsRefused) {
  const Result<std::vector<float>> nothing = text_to_speech({}, 1);
  ASSERT_FALSE(nothing.ok());
  EXPECT_EQ(nothing.status().code(), Code::kBadParameter);
}

TEST(TextToSpeech, ASpeedOutOfRangeIsRefused) {
  for (const double speed : {0.0, 0.49, 1.51, std::nan("")}) {
    const Result<std::vector<float>> refused = text_to_speech({"well."}, speed);
    ASSERT_FALSE(refused.ok()) << speed;
    EXPECT_EQ(refused.status().code(), Code::kBadParameter);
  }
}

// One voice for all threads, at different speeds, beside the letter-to-sound rules.
TEST(TextToSpeech, ThreadsDoNotDisturbEachOther) {
  const std::vector<std::string> said = {"he might even have been made amiable himself."};
  const std::vector<float> usual = speech(said), slow = speech(said, 0.8);
  std::vector<std::thread> threads;
  std::vector<int> wrong(4, 0);  // one per thread
  for (std::size_t i = 0; i < wrong.size(); ++i) {
    threads.emplace_back([&, i] {
      for (int round = 0; round < 5; ++round) {
        spelling_to_phones("blorptane");
        const bool fast = (i + static_cast<std::size_t>(round)) % 2 == 0;
        wrong[i] += same_speech(speech(said, fast ? 1 : 0.8), fast ? usual : slow) ? 0 : 1;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, std::vector<int>(4, 0));
}

}  // namespace
}  // namespace saywell
