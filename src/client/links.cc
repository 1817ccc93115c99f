#include "client/links.h"

#include "client/link_kinds.h"

namespace saywell::client {

asio::awaitable<Result<std::unique_ptr<HttpLink>>> open_http(const ServerAddress& address) {
  if (address.tls) co_return co_await open_tls_http(address);
  co_return co_await open_plain_http(address);
}

asio::awaitable<Result<std::unique_ptr<StreamLink>>> open_stream(const ServerAddress& address,
                                                                 const std::string& target) {
  if (address.tls) co_return co_await open_tls_stream(address, target);
  co_return co_await open_plain_stream(address, target);
}

}  // namespace saywell::client
