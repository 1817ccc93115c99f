// One connection, from its first byte to its last: requests one after the other, or a WebSocket.
//
// Templates over the stream, plain or TLS. plain_connection.cc and tls_connection.cc have the two
// instances, so that Beast is compiled once for each.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <memory>

#include "server/net/connection_context.h"

namespace saywell::net {

using TcpSocket = asio::basic_stream_socket<asio::ip::tcp, asio::any_io_executor>;

// Both end with the connection and never throw. `context` must outlive them.
asio::awaitable<void> serve_plain(TcpSocket socket, ConnectionContext& context);
asio::awaitable<void> serve_tls(TcpSocket socket, std::shared_ptr<asio::ssl::context> certificate,
                                ConnectionContext& context);

}  // namespace saywell::net
