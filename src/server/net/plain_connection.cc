#include "server/net/connection.h"
#include "server/net/http_connection.h"

namespace saywell::net {

asio::awaitable<void> serve_plain(TcpSocket socket, ConnectionContext& context) {
  boost::system::error_code error;
  const std::string remote = socket.remote_endpoint(error).address().to_string();
  if (error) co_return;
  using Stream = boost::beast::tcp_stream;
  HttpConnection<Stream> connection(Stream(std::move(socket)), remote, context);
  co_await connection.run();
}

}  // namespace saywell::net
