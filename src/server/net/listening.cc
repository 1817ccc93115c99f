#include "server/net/listening.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/log.h"

namespace saywell::net {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

constexpr std::chrono::seconds kLogEvery{10};

int open_spare() { return ::open("/dev/null", O_RDONLY | O_CLOEXEC); }

}  // namespace

SpareDescriptor::SpareDescriptor() : descriptor_(open_spare()) {}

SpareDescriptor::~SpareDescriptor() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

bool SpareDescriptor::turn_away(tcp::acceptor& acceptor, const boost::system::error_code& error) {
  const auto now = std::chrono::steady_clock::now();
  if (now - logged_ >= kLogEvery) {
    logged_ = now;
    log_line(LogLevel::kWarning, "clients are turned away: accept: " + error.message());
  }
  const bool none_left = error == asio::error::no_descriptors ||
                         error == boost::system::errc::too_many_files_open_in_system;
  if (!none_left || descriptor_ < 0) {
    if (descriptor_ < 0) descriptor_ = open_spare();
    return false;
  }
  ::close(descriptor_);
  bool any = false;
  while (true) {
    const int client =
        ::accept4(acceptor.native_handle(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (client < 0) break;
    ::close(client);
    any = true;
  }
  descriptor_ = open_spare();
  return any;
}

Result<tcp::acceptor> listen_on(asio::io_context& io, const std::string& host, std::uint16_t port) {
  const std::string where = host + ":" + std::to_string(port);
  boost::system::error_code error;
  const auto address = asio::ip::make_address(host, error);
  if (error) return Status(Code::kBadParameter, "host", "'" + host + "' is no address");
  tcp::acceptor listening(io);
  const tcp::endpoint endpoint(address, port);
  listening.open(endpoint.protocol(), error);
  if (!error) listening.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) listening.bind(endpoint, error);
  if (!error) listening.listen(asio::socket_base::max_listen_connections, error);
  if (error) {
    return Status(Code::kBadParameter, where + " cannot be listened on: " + error.message());
  }
  return listening;
}

Result<std::shared_ptr<asio::ssl::context>> read_certificate(const std::string& certificate_file,
                                                             const std::string& key_file) {
  auto fresh = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_server);
  boost::system::error_code error;
  SSL_CTX_set_min_proto_version(fresh->native_handle(), TLS1_2_VERSION);
  fresh->use_certificate_chain_file(certificate_file, error);
  if (error) {
    return Status(Code::kFileUnreadable,
                  "certificate '" + certificate_file + "': " + error.message());
  }
  fresh->use_private_key_file(key_file, asio::ssl::context::pem, error);
  if (error) return Status(Code::kFileUnreadable, "key '" + key_file + "': " + error.message());
  if (SSL_CTX_check_private_key(fresh->native_handle()) != 1) {
    return Status(Code::kFileUnreadable,
                  "key '" + key_file + "' does not belong to the certificate");
  }
  return fresh;
}

}  // namespace saywell::net
