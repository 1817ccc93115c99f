// The end of a connection after its last answer.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/stream_traits.hpp>
#include <chrono>
#include <string>

#include "server/net/connection_context.h"

namespace saywell::net {

// Says that nothing follows, and takes what the client was still sending, for 2 s: closing with
// unread bytes would make its system throw the answer away, and many clients only read it when they
// have sent all.
template <class Stream>
asio::awaitable<void> finish_sending(Stream& stream) {
  constexpr std::size_t kPieceBytes = 16 * 1024;
  constexpr std::size_t kMostPieces = 16'384;
  boost::system::error_code ignored;
  auto& lowest = boost::beast::get_lowest_layer(stream);
  lowest.socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
  std::string piece(kPieceBytes, '\0');
  lowest.expires_after(std::chrono::milliseconds(2000));
  for (std::size_t i = 0; i < kMostPieces; ++i) {
    const auto [error, size] =
        co_await stream.async_read_some(asio::buffer(piece.data(), piece.size()), kAwait);
    if (error) co_return;
  }
}

}  // namespace saywell::net
