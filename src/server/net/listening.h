// Ports to listen on and the certificate, for every protocol.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <cstdint>
#include <memory>
#include <string>

#include "saywell/status.h"

namespace saywell::net {

// Listens when it returns; port 0: a free one. Code 40031 naming host and port.
Result<boost::asio::ip::tcp::acceptor> listen_on(boost::asio::io_context& io,
                                                 const std::string& host, std::uint16_t port);

// TLS 1.2 and later. Code 40002 for PEM files that cannot be read or do not belong together.
Result<std::shared_ptr<boost::asio::ssl::context>> read_certificate(
    const std::string& certificate_file, const std::string& key_file);

}  // namespace saywell::net
