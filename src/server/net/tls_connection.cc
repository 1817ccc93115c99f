#include <boost/beast/ssl/ssl_stream.hpp>
#include <boost/beast/websocket/ssl.hpp>

#include "server/net/connection.h"
#include "server/net/http_connection.h"

namespace saywell::net {

asio::awaitable<void> serve_tls(TcpSocket socket, std::shared_ptr<asio::ssl::context> certificate,
                                ConnectionContext& context) {
  boost::system::error_code error;
  const std::string remote = socket.remote_endpoint(error).address().to_string();
  if (error) co_return;
  using Stream = boost::beast::ssl_stream<boost::beast::tcp_stream>;
  Stream stream(std::move(socket), *certificate);
  boost::beast::get_lowest_layer(stream).expires_after(context.options.head_timeout);
  const auto [failed] = co_await stream.async_handshake(asio::ssl::stream_base::server, kAwait);
  if (failed) co_return;
  HttpConnection<Stream> connection(std::move(stream), remote, context);
  co_await connection.run();
}

}  // namespace saywell::net
