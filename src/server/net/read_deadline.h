// A time limit for reading that leaves the connection open, so that it can still be answered: a
// stream's own timeout closes it.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/stream_traits.hpp>
#include <chrono>
#include <memory>
#include <utility>

namespace saywell::net {

// One reading at a time. Used and destroyed on the thread of the stream's executor.
template <class Stream>
class ReadDeadline {
 public:
  // `stream` must outlive it.
  explicit ReadDeadline(Stream& stream) : stream_(stream), timer_(stream.get_executor()) {}

  // A read that is not done after `time` ends with an error.
  void begin(std::chrono::milliseconds time) {
    boost::beast::get_lowest_layer(stream_).expires_never();
    passed_ = std::make_shared<bool>(false);
    timer_.expires_after(time);
    timer_.async_wait([this, waiting = std::weak_ptr(passed_)](boost::system::error_code error) {
      const std::shared_ptr<bool> passed = waiting.lock();
      if (error || !passed) return;  // in time, or the connection has ended
      *passed = true;
      boost::beast::get_lowest_layer(stream_).cancel();
    });
  }

  // Whether the time has passed.
  bool end() {
    timer_.cancel();
    return *std::exchange(passed_, nullptr);
  }

 private:
  Stream& stream_;
  boost::asio::steady_timer timer_;
  std::shared_ptr<bool> passed_;  // null: nothing is being read
};

}  // namespace saywell::net
