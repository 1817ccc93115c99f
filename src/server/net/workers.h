// The threads for work that may wait: the store, decoding, handlers of requests.
#pragma once

#include <boost/asio/thread_pool.hpp>

namespace saywell::net {

class Workers : public boost::asio::thread_pool {
 public:
  using thread_pool::thread_pool;

  // Drops jobs that have not begun. Call it after join(), when nothing posts any more. Waiting jobs
  // belong to coroutines of another context and must be dropped while that one still exists.
  void forget_waiting() { shutdown(); }
};

}  // namespace saywell::net
