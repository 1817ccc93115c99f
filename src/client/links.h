// Connections to a server: HTTP requests, one after the other, or a WebSocket.
//
// Coroutines of Asio: one at a time uses a link, except that receive() may run beside the sends of
// a StreamLink. Failures: 50101 no connection could be made · 50103 it broke · 50104 nothing
// arrived in time.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstddef>
#include <memory>
#include <span>
#include <string>

#include "client/server_address.h"
#include "saywell/status.h"

namespace saywell::client {

namespace asio = boost::asio;

// Rows of the status table that only a client meets.
inline constexpr Code kConnectFailed{50101};
inline constexpr Code kConnectClosed{50103};
inline constexpr Code kConnectTimeout{50104};

struct HttpCall {
  std::string method = "GET";
  std::string target;  // behind the address's prefix
  std::string body;
  std::string content_type;
  std::string authorization;
};

struct HttpReply {
  int status = 0;
  std::string body;
};

class HttpLink {
 public:
  virtual ~HttpLink() = default;
  virtual asio::awaitable<Result<HttpReply>> exchange(const HttpCall& call) = 0;
};

class StreamLink {
 public:
  virtual ~StreamLink() = default;
  virtual asio::awaitable<Status> send_text(std::string text) = 0;
  virtual asio::awaitable<Status> send_audio(std::span<const std::byte> bytes) = 0;
  // The next text message.
  virtual asio::awaitable<Result<std::string>> receive() = 0;
  virtual void close() = 0;
};

inline constexpr std::chrono::seconds kConnectTime{15};
inline constexpr std::chrono::seconds kAnswerTime{120};  // without a byte from the server

asio::awaitable<Result<std::unique_ptr<HttpLink>>> open_http(const ServerAddress& address);
// `target` is the path, with its query, behind the address's prefix.
asio::awaitable<Result<std::unique_ptr<StreamLink>>> open_stream(const ServerAddress& address,
                                                                 const std::string& target);

}  // namespace saywell::client
