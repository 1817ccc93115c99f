#include "client/beast_links.h"
#include "client/link_kinds.h"

namespace saywell::client {

asio::awaitable<Result<std::unique_ptr<HttpLink>>> open_plain_http(const ServerAddress& address) {
  Result<beast::tcp_stream> stream = co_await connect_tcp(address);
  if (!stream.ok()) co_return stream.status();
  co_return std::unique_ptr<HttpLink>(
      std::make_unique<BeastHttpLink<beast::tcp_stream>>(*std::move(stream), address));
}

asio::awaitable<Result<std::unique_ptr<StreamLink>>> open_plain_stream(const ServerAddress& address,
                                                                       const std::string& target) {
  Result<beast::tcp_stream> stream = co_await connect_tcp(address);
  if (!stream.ok()) co_return stream.status();
  co_return co_await stream_over(*std::move(stream), address, target);
}

}  // namespace saywell::client
