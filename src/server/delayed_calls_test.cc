#include "server/delayed_calls.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <vector>

namespace saywell {
namespace {

using testing::ElementsAre;

TEST(DelayedCalls, AreMadeAtOnceOrInTheOrderTheyAreDue) {
  DelayedCalls calls;
  std::vector<int> made;  // of the calls' thread, but for the first
  std::promise<void> last;
  calls.after(std::chrono::milliseconds(0), [&] { made.push_back(0); });
  EXPECT_THAT(made, ElementsAre(0));
  calls.after(std::chrono::milliseconds(60), [&] {
    made.push_back(2);
    last.set_value();
  });
  calls.after(std::chrono::milliseconds(1), [&] { made.push_back(1); });
  last.get_future().wait();
  EXPECT_THAT(made, ElementsAre(0, 1, 2));
}

TEST(DelayedCalls, NoneIsForgottenAtTheEnd) {
  std::vector<int> made;
  {
    DelayedCalls calls;
    calls.after(std::chrono::hours(2), [&] { made.push_back(2); });
    calls.after(std::chrono::hours(1), [&] { made.push_back(1); });
    calls.finish();
    EXPECT_THAT(made, ElementsAre(1, 2));
    calls.after(std::chrono::hours(1), [&] { made.push_back(3); });
  }
  EXPECT_THAT(made, ElementsAre(1, 2, 3));
}

}  // namespace
}  // namespace saywell
