// The threads for what may wait: the store, decoding, the handlers of requests.
#pragma once

#include <boost/asio/thread_pool.hpp>

namespace saywell::net {

class Workers : public boost::asio::thread_pool {
 public:
  using thread_pool::thread_pool;

  // Throws away what has not begun, after join() and once nobody posts any more. What waits belongs
  // to coroutines of another context: it has to go while that one still exists.
  void forget_waiting() { shutdown(); }
};

}  // namespace saywell::net
