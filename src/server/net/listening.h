// Ports to listen on and the certificate, for every protocol.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "saywell/status.h"

namespace saywell::net {

// Listens when it returns; port 0: a free one. Code 40031 naming host and port.
Result<boost::asio::ip::tcp::acceptor> listen_on(boost::asio::io_context& io,
                                                 const std::string& host, std::uint16_t port);

// One descriptor kept back. When all others are in use, whoever connects is hung up on at once with
// its help, instead of waiting in the queue until somebody else leaves. One thread at a time.
class SpareDescriptor {
 public:
  SpareDescriptor();
  ~SpareDescriptor();
  SpareDescriptor(const SpareDescriptor&) = delete;
  SpareDescriptor& operator=(const SpareDescriptor&) = delete;

  // After accept() failed with `error`, which it logs, once in a while: hangs up on everyone who
  // waits. False when that is no remedy; then others have to close first.
  bool turn_away(boost::asio::ip::tcp::acceptor& acceptor, const boost::system::error_code& error);

 private:
  int descriptor_;
  std::chrono::steady_clock::time_point logged_{};
};

// TLS 1.2 and later. Code 40002 for PEM files that cannot be read or do not belong together.
Result<std::shared_ptr<boost::asio::ssl::context>> read_certificate(
    const std::string& certificate_file, const std::string& key_file);

}  // namespace saywell::net
