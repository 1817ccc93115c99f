#include "server/sign_in_guard.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <vector>

#include "base/log.h"

namespace saywell {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;

class SignInGuardTest : public testing::Test {
 protected:
  static constexpr int kPerMinute = 120;  // one every 500 ms

  // Whether it may be answered at once.
  bool refuse(const std::string& address, const std::string& application_id = "app") {
    guard_.note({address, "http", application_id, "the secret is wrong"});
    return guard_.delay(address) == SignInGuard::Clock::duration::zero();
  }
  void refuse_times(int times, const std::string& address) {
    for (int i = 0; i < times; ++i) refuse(address);
  }

  SignInGuard::Clock::time_point time_ = SignInGuard::Clock::now();
  Metrics metrics_;
  SignInGuard guard_{kPerMinute, metrics_, [this] { return time_; }};
};

TEST_F(SignInGuardTest, TenAreAnsweredAtOnceAndTheNextLater) {
  for (int i = 0; i < 10; ++i) EXPECT_TRUE(refuse("203.0.113.7")) << i;
  EXPECT_FALSE(refuse("203.0.113.7"));
  // Others are not held up, nor is a right sign-in from there.
  EXPECT_TRUE(refuse("203.0.113.8"));
  EXPECT_FALSE(guard_.must_wait("203.0.113.7"));
  time_ += milliseconds(1000);
  EXPECT_TRUE(refuse("203.0.113.7"));
  EXPECT_EQ(guard_.delay("203.0.113.9"), SignInGuard::Clock::duration::zero());
}

TEST_F(SignInGuardTest, WhoTriesVeryManyIsToldToComeBack) {
  refuse_times(19, "203.0.113.7");
  EXPECT_FALSE(guard_.must_wait("203.0.113.7"));  // the next would be answered after 5 s
  refuse_times(3, "203.0.113.7");
  EXPECT_EQ(guard_.must_wait("203.0.113.7"), 2);
  EXPECT_FALSE(guard_.must_wait("203.0.113.8"));
  time_ += milliseconds(1500);
  EXPECT_FALSE(guard_.must_wait("203.0.113.7"));
  time_ += std::chrono::hours(1);
  for (int i = 0; i < 10; ++i) EXPECT_TRUE(refuse("203.0.113.7")) << i;
  EXPECT_FALSE(refuse("203.0.113.7"));
}

TEST_F(SignInGuardTest, TheMoreAtATimeTheLaterTheAnswer) {
  refuse_times(10, "203.0.113.7");
  for (int i = 1; i <= 5; ++i) {
    refuse("203.0.113.7");
    EXPECT_EQ(guard_.delay("203.0.113.7"), i * milliseconds(500));
  }
  refuse_times(100, "203.0.113.7");
  EXPECT_EQ(guard_.delay("203.0.113.7"), SignInGuard::kLongestDelay);
}

TEST_F(SignInGuardTest, AnswersLater) {
  refuse_times(11, "203.0.113.7");
  std::promise<void> answered;
  guard_.answer_later("203.0.113.7", [&] { answered.set_value(); });
  answered.get_future().wait();
}

TEST_F(SignInGuardTest, TheAddressesOfOneNetworkAreOneAddress) {
  for (int i = 0; i < 10; ++i) EXPECT_TRUE(refuse("2001:db8::" + std::to_string(i)));
  EXPECT_FALSE(refuse("2001:db8::ffff"));
  EXPECT_TRUE(refuse("2001:db8:0:1::1"));
}

TEST_F(SignInGuardTest, RemembersSoManyAddressesAtMost) {
  const auto address = [](std::size_t i) {
    return "10." + std::to_string(i >> 16) + "." + std::to_string((i >> 8) & 255) + "." +
           std::to_string(i & 255);
  };
  for (std::size_t i = 0; i < SignInGuard::kMaxAddresses; ++i) EXPECT_TRUE(refuse(address(i)));
  // Those that it cannot remember have one bucket together.
  const std::size_t more = SignInGuard::kMaxAddresses;
  for (std::size_t i = 0; i < 10; ++i) EXPECT_TRUE(refuse(address(more + i)));
  EXPECT_FALSE(refuse(address(more + 11)));
  // An address that has not failed for a while is forgotten.
  time_ += std::chrono::minutes(1);
  for (std::size_t i = 0; i < 20; ++i) EXPECT_TRUE(refuse(address(more + i)));
}

TEST_F(SignInGuardTest, IsLoggedAndCounted) {
  std::vector<std::string> lines;
  log_to([&lines](LogLevel, std::string_view line) { lines.emplace_back(line); },
         LogLevel::kWarning);
  refuse("203.0.113.7", "app\nforged line");
  guard_.note({"203.0.113.7", "rtmp", "", "the token is not known"});
  log_to([](LogLevel, std::string_view) {}, LogLevel::kOff);
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0],
            "sign-in refused: 203.0.113.7, http, application \"app\\nforged line\": the secret is "
            "wrong");
  EXPECT_THAT(lines[1], HasSubstr("rtmp, application not named"));
  const std::string figures = metrics_.text({});
  EXPECT_THAT(figures, HasSubstr("saywell_refused_sign_ins_total{interface=\"http\"} 1"));
  EXPECT_THAT(figures, HasSubstr("saywell_refused_sign_ins_total{interface=\"rtmp\"} 1"));
}

}  // namespace
}  // namespace saywell
