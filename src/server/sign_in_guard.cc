#include "server/sign_in_guard.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/log.h"
#include "config/ip_network.h"
#include "format/json_text.h"

namespace saywell {
namespace {

constexpr std::size_t kLoggedIdBytes = 64;
constexpr std::size_t kNetworkBytesOfV6 = 8;  // one customer has as many addresses as a /64 holds

// What counts as one address.
std::string key_of(const std::string& address) {
  const std::optional<IpAddress> parsed = parse_ip_address(address);
  if (!parsed) return address;
  const bool v6 = address.find('.') == std::string::npos;
  return std::string(parsed->begin(), v6 ? parsed->begin() + kNetworkBytesOfV6 : parsed->end());
}

std::string line_of(const SignInGuard::Refusal& refusal) {
  const std::string id = refusal.application_id.substr(0, kLoggedIdBytes);
  return "sign-in refused: " + refusal.address + ", " + std::string(refusal.interface_name) +
         ", application " + (id.empty() ? "not named" : json_text(boost::json::value(id))) + ": " +
         refusal.why;
}

}  // namespace

SignInGuard::SignInGuard(std::int64_t refusals_per_minute, Metrics& metrics,
                         std::function<Clock::time_point()> now)
    : per_s_(static_cast<double>(refusals_per_minute) / 60),
      metrics_(metrics),
      now_(std::move(now)) {}

double SignInGuard::refusals_at(const Bucket& bucket, Clock::time_point now) const {
  const double seconds = std::chrono::duration<double>(now - bucket.filled).count();
  return std::min<double>(kAtOnce, bucket.refusals + seconds * per_s_);
}

SignInGuard::Bucket& SignInGuard::bucket_of(const std::string& address, Clock::time_point now) {
  std::string key = key_of(address);
  if (!buckets_.contains(key) && buckets_.size() >= kMaxAddresses) {
    std::erase_if(buckets_,
                  [&](const auto& entry) { return refusals_at(entry.second, now) >= kAtOnce; });
    if (buckets_.size() >= kMaxAddresses) key.clear();
  }
  Bucket& bucket = buckets_.try_emplace(key, Bucket{kAtOnce, now}).first->second;
  bucket = {refusals_at(bucket, now), now};
  return bucket;
}

std::optional<std::int64_t> SignInGuard::must_wait(const std::string& address) {
  const MutexLock lock(mutex_);
  const Bucket& bucket = bucket_of(address, now_());
  const double due_s = (1 - bucket.refusals) / per_s_;
  const double too_long_s = due_s - static_cast<double>(kLongestDelay.count());
  if (bucket.refusals >= 1 || too_long_s <= 0) return std::nullopt;
  return std::max<std::int64_t>(1, std::llround(std::ceil(too_long_s)));
}

void SignInGuard::note(const Refusal& refusal) {
  log_line(LogLevel::kWarning, line_of(refusal));
  metrics_.count_refused_sign_in(refusal.interface_name);
  const MutexLock lock(mutex_);
  bucket_of(refusal.address, now_()).refusals -= 1;
}

SignInGuard::Clock::duration SignInGuard::delay(const std::string& address) {
  const MutexLock lock(mutex_);
  const double missing = std::max(0.0, -bucket_of(address, now_()).refusals);
  const auto due =
      std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(missing / per_s_));
  return std::min<Clock::duration>(due, kLongestDelay);
}

}  // namespace saywell
