#include "server/net/tcp_figures.h"

// Only the kernel's header has the delivery rate; it and the C library's exclude each other.
#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace saywell::net {

ConnectionFigures tcp_figures(int socket) {
  constexpr double kUsPerMs = 1000;
  constexpr double kBitsPerByte = 8;
  ConnectionFigures figures;
  tcp_info info = {};
  socklen_t size = sizeof(info);
  if (getsockopt(socket, IPPROTO_TCP, TCP_INFO, &info, &size) != 0) return figures;
  figures.round_trip_ms = info.tcpi_rtt / kUsPerMs;
  figures.round_trip_spread_ms = info.tcpi_rttvar / kUsPerMs;
  figures.down_kbit_per_s = static_cast<double>(info.tcpi_delivery_rate) * kBitsPerByte / 1000;
  return figures;
}

}  // namespace saywell::net
