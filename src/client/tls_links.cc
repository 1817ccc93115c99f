#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <boost/beast/websocket/ssl.hpp>

#include "client/beast_links.h"
#include "client/link_kinds.h"

namespace saywell::client {
namespace {

using TlsStream = beast::ssl_stream<beast::tcp_stream>;

asio::awaitable<Result<TlsStream>> connect_tls(const ServerAddress& address) {
  asio::ssl::context trust(asio::ssl::context::tls_client);
  boost::system::error_code error;
  trust.set_default_verify_paths(error);
  if (!address.ca_file.empty()) trust.load_verify_file(address.ca_file, error);
  if (error) {
    co_return Status(Code::kFileUnreadable, "'" + address.ca_file + "': " + error.message());
  }
  Result<beast::tcp_stream> tcp = co_await connect_tcp(address);
  if (!tcp.ok()) co_return tcp.status();
  // The stream's SSL object keeps the parts of `trust` that it needs.
  TlsStream stream(*std::move(tcp), trust);
  stream.set_verify_mode(asio::ssl::verify_peer);
  stream.set_verify_callback(asio::ssl::host_name_verification(address.host));
  // SSL_set_tlsext_host_name() is a macro that casts as C does.
  SSL_ctrl(stream.native_handle(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
           const_cast<char*>(address.host.c_str()));
  const auto [failed] = co_await stream.async_handshake(asio::ssl::stream_base::client, kAwait);
  if (failed) {
    co_return Status(kConnectFailed, address.host_header() + ": TLS: " + failed.message());
  }
  co_return stream;
}

}  // namespace

asio::awaitable<Result<std::unique_ptr<HttpLink>>> open_tls_http(const ServerAddress& address) {
  Result<TlsStream> stream = co_await connect_tls(address);
  if (!stream.ok()) co_return stream.status();
  co_return std::unique_ptr<HttpLink>(
      std::make_unique<BeastHttpLink<TlsStream>>(*std::move(stream), address));
}

asio::awaitable<Result<std::unique_ptr<StreamLink>>> open_tls_stream(const ServerAddress& address,
                                                                     const std::string& target) {
  Result<TlsStream> stream = co_await connect_tls(address);
  if (!stream.ok()) co_return stream.status();
  co_return co_await stream_over(*std::move(stream), address, target);
}

}  // namespace saywell::client
