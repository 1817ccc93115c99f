// Refused sign-ins: logged, counted, and slowed down by address.
//
// Every address has a bucket of ten refusals, which fills up again at refused_sign_ins_per_minute.
// While there is one in it, a refusal is answered at once; after that, when the next one is due:
// the more at a time, the later. An attempt whose refusal would be kLongestDelay away is not looked
// at. So a right sign-in is not held up by others at the same address, unless somebody there tries
// very many keys at a time.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/threads/mutex.h"
#include "server/delayed_calls.h"
#include "server/metrics.h"

namespace saywell {

// Thread-safe.
class SignInGuard {
 public:
  using Clock = std::chrono::steady_clock;

  static constexpr int kAtOnce = 10;
  static constexpr std::chrono::seconds kLongestDelay{5};
  static constexpr std::size_t kMaxAddresses = 10'000;  // further ones share a bucket

  // `metrics` must outlive it.
  SignInGuard(std::int64_t refusals_per_minute, Metrics& metrics,
              std::function<Clock::time_point()> now = Clock::now);

  // The whole seconds, at least 1, after which `address` may try again; nullopt: it may now.
  std::optional<std::int64_t> must_wait(const std::string& address);

  struct Refusal {
    std::string address;
    std::string_view interface_name;  // "http", "websocket", "rtmp"
    std::string application_id;       // as claimed; empty: the key named none
    std::string why;                  // names no secret
  };
  void note(const Refusal& refusal);

  // How much later than now the last refusal that was noted for `address` is to be answered: at
  // most kLongestDelay.
  Clock::duration delay(const std::string& address);

  // Calls `answer` after that delay: before this returns, or on a thread of the guard's own, where
  // it must not wait for anything.
  void answer_later(const std::string& address, std::function<void()> answer) {
    calls_.after(delay(address), std::move(answer));
  }

  // Gives the answers that still wait, and all later ones at once: before the networks go.
  void finish() { calls_.finish(); }

 private:
  struct Bucket {
    double refusals = kAtOnce;  // left; below 0: those of the time to come
    Clock::time_point filled;
  };

  Bucket& bucket_of(const std::string& address, Clock::time_point now) SAYWELL_REQUIRES(mutex_);
  double refusals_at(const Bucket& bucket, Clock::time_point now) const;

  const double per_s_;
  Metrics& metrics_;
  const std::function<Clock::time_point()> now_;
  Mutex mutex_;
  std::map<std::string, Bucket> buckets_ SAYWELL_GUARDED_BY(mutex_);
  DelayedCalls calls_;
};

}  // namespace saywell
