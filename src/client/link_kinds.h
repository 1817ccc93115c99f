// The two instances of beast_links.h. links.h chooses between them.
#pragma once

#include "client/links.h"

namespace saywell::client {

asio::awaitable<Result<std::unique_ptr<HttpLink>>> open_plain_http(const ServerAddress& address);
asio::awaitable<Result<std::unique_ptr<HttpLink>>> open_tls_http(const ServerAddress& address);
asio::awaitable<Result<std::unique_ptr<StreamLink>>> open_plain_stream(const ServerAddress& address,
                                                                       const std::string& target);
asio::awaitable<Result<std::unique_ptr<StreamLink>>> open_tls_stream(const ServerAddress& address,
                                                                     const std::string& target);

}  // namespace saywell::client
